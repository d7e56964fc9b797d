/** One GraphQL document for each route, made once: the field, its arguments as variables, the selection that its view needs. */
import { getNamedType, isLeafType, isObjectType, parse, validate, type DocumentNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { RestRoute } from './route.ts';
import type { RestView } from './view.ts';

export interface Shape {
  /** Where below the field the view's object stands. */
  kind: 'scalar' | 'object' | 'list' | 'connection' | 'payload';
  /** payload: the member that holds the entity; undefined when it has none. */
  member?: string;
}

const errors = 'userErrors { code reason message path }';

function payloadMember(type: GraphQLObjectType, view: RestView | undefined): string | undefined {
  return Object.values(type.getFields()).find((field) => view && getNamedType(field.type).name === view.on)?.name;
}

export function shapeOf(route: RestRoute, view: RestView | undefined): Shape {
  const type = getNamedType(route.field.type);
  if (isLeafType(type)) return { kind: 'scalar' };
  if (!isObjectType(type)) return { kind: 'object' };
  if (type.getFields().userErrors) {
    const member = view?.on === type.name ? undefined : payloadMember(type, view);
    return member ? { kind: 'payload', member } : { kind: 'payload' };
  }
  if (type.getFields().nodes && view?.on !== type.name) return { kind: 'connection' };
  return { kind: String(route.field.type).startsWith('[') ? 'list' : 'object' };
}

function selection(shape: Shape, type: GraphQLObjectType | undefined, view: RestView | undefined): string {
  if (shape.kind === 'scalar') return '';
  if (shape.kind === 'connection') return `{ nodes { ${view?.selection} } totalCount { value } ${view?.beside ?? ''} }`;
  if (shape.kind !== 'payload') return `{ ${view?.selection} }`;
  if (shape.member) return `{ ${shape.member} { ${view!.selection} } ${view?.beside ?? ''} ${errors} }`;
  return `{ ${view?.on === type?.name ? view!.selection : ''} ${errors} }`;
}

/** Throws when view and field do not fit: a mistake in a directive must not survive the start of the server. */
export function compile(schema: GraphQLSchema, route: RestRoute, view: RestView | undefined): { document: DocumentNode; shape: Shape } {
  const shape = shapeOf(route, view), type = getNamedType(route.field.type);
  if (shape.kind !== 'scalar' && shape.kind !== 'payload' && !view) throw new Error(`${route.method} ${route.path} answers objects and names no view`);
  const names = route.field.args.map((argument) => argument.name);
  const variables = route.field.args.map((argument) => `$${argument.name}: ${String(argument.type)}${argument.defaultValue === undefined ? '' : ` = ${JSON.stringify(argument.defaultValue)}`}`);
  const call = names.length ? `(${names.map((name) => `${name}: $${name}`).join(', ')})` : '';
  const field = `${route.fieldPath.at(-1)}${call} ${selection(shape, isObjectType(type) ? type : undefined, view)}`;
  const body = route.fieldPath.slice(0, -1).reduceRight((inner, name) => `${name} { ${inner} }`, field);
  const head = variables.length ? `(${variables.join(', ')})` : '';
  const document = parse(`${route.operation} Rest${head} { ${body} }`);
  const faults = validate(schema, document);
  if (faults.length) throw new Error(`${route.method} ${route.path}: ${faults.map((fault) => fault.message).join('; ')}`);
  return { document, shape };
}
