/**
 * How large an operation is, before anything is validated or executed. One pass over the document: each fragment is
 * measured once, so nested spreads that would expand to billions of fields cost nothing to refuse. Own code, because
 * ready-made rules have one limit for all callers, do not know page sizes, and expand fragments.
 */
import {
  getNamedType, getNullableType, isCompositeType, isInterfaceType, isListType, isObjectType, Kind, type DirectiveNode, type DocumentNode, type FieldNode,
  type FragmentDefinitionNode, type GraphQLField, type GraphQLNamedType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { patientFields } from './in-time.ts';

export interface Size {
  depth: number;
  aliases: number;
  directives: number;
  cost: number;
  /** The part of the cost that fields have whatever they answer. */
  fixed: number;
  fields: number;
}

const nothing: Size = { depth: 0, aliases: 0, directives: 0, cost: 0, fixed: 0, fields: 0 };
/** Rows assumed where a list has no page size. */
const assumedRows = 10;
const introspection = new Set(['__schema', '__type']), introspectionCost = 20;
const weights: Record<string, number> = { totalCount: 5, usageSeries: 20, usageRanking: 20, usageRows: 20 };

export interface Place { type: GraphQLNamedType | undefined; rows: number | undefined }

export interface Weight { size: Size; inside: Place; times: number }

export class Measure {
  /** Whether it asks for something that may take long. */
  isPatient = false;
  /** Whether it asks for the schema, wherever in it. */
  asksForSchema = false;
  readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Size>();
  private readonly open = new Set<string>();

  private variables: Readonly<Record<string, unknown>>;

  constructor(private readonly schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.variables = variables;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  operation(node: OperationDefinitionNode): Size {
    this.variables = { ...defaultsOf(node), ...this.variables };
    const size = this.selections(node.selectionSet, { type: this.schema.getRootType(node.operation) ?? undefined, rows: undefined });
    return { ...size, directives: size.directives + (node.directives?.length ?? 0) };
  }

  private selections(set: SelectionSetNode, place: Place): Size {
    const total = { ...nothing };
    for (const node of set.selections) {
      const size = node.kind === Kind.FIELD ? this.field(node, place) : node.kind === Kind.FRAGMENT_SPREAD ? this.spread(node, place) : this.inline(node, place);
      total.depth = Math.max(total.depth, size.depth);
      total.aliases += size.aliases;
      total.directives += size.directives;
      total.cost += size.cost;
      total.fixed += size.fixed;
      total.fields += size.fields;
    }
    return total;
  }

  typeOf(condition: { name: { value: string } } | undefined, { type }: Place): GraphQLNamedType | undefined {
    return condition ? this.schema.getType(condition.name.value) : type;
  }

  private inline(node: { typeCondition?: { name: { value: string } }; selectionSet: SelectionSetNode; directives?: readonly DirectiveNode[] }, place: Place): Size {
    const type = this.typeOf(node.typeCondition, place);
    const size = this.selections(node.selectionSet, { ...place, type });
    return { ...size, directives: size.directives + (node.directives?.length ?? 0) };
  }

  /** Cycles count nothing here: validation refuses them. */
  private spread(node: { name: { value: string }; directives?: readonly DirectiveNode[] }, place: Place): Size {
    const fragment = this.fragments.get(node.name.value);
    if (!fragment) return nothing;
    const key = `${node.name.value} ${place.rows ?? ''}`;
    let size = this.measured.get(key);
    if (!size) {
      if (this.open.has(fragment.name.value)) return nothing;
      this.open.add(fragment.name.value);
      size = this.inline(fragment, place);
      this.open.delete(fragment.name.value);
      this.measured.set(key, size);
    }
    return { ...size, directives: size.directives + (node.directives?.length ?? 0) };
  }

  private field(node: FieldNode, place: Place): Size {
    return this.weigh(node, place).size;
  }

  /** A field with all that it selects: how large it is, what stands inside of it, and how many of those it may answer. */
  weigh(node: FieldNode, place: Place): Weight {
    const definition = fieldOf(place.type, node.name.value);
    this.isPatient ||= patientFields.has(node.name.value);
    const own = { depth: 1, aliases: node.alias ? 1 : 0, directives: node.directives?.length ?? 0, cost: weights[node.name.value] ?? 0, fixed: weights[node.name.value] ?? 0, fields: 1 };
    if (!node.selectionSet) return { size: own, inside: { type: undefined, rows: undefined }, times: 1 };
    if (introspection.has(node.name.value)) return this.schemaItself(node, node.selectionSet);
    const type = definition && getNamedType(definition.type);
    const rows = this.pageSize(node, definition);
    const inside = this.selections(node.selectionSet, { type, rows });
    const times = definition && isListType(getNullableType(definition.type)) ? (this.idCount(node) ?? place.rows ?? assumedRows) : 1;
    const each = isCompositeType(type) ? 1 + inside.cost : inside.cost;
    const size: Size = {
      depth: 1 + inside.depth, aliases: own.aliases + inside.aliases, directives: own.directives + inside.directives,
      cost: own.cost + times * each, fixed: own.fixed + inside.fixed, fields: 1 + inside.fields,
    };
    return { size, inside: { type, rows }, times };
  }

  /** Its nesting is that of types, which validation bounds; it has a price whatever it answers. */
  private schemaItself(node: FieldNode, set: SelectionSetNode): Weight {
    this.asksForSchema = true;
    const inside = this.selections(set, { type: undefined, rows: undefined });
    const size: Size = { depth: 1, aliases: (node.alias ? 1 : 0) + inside.aliases, directives: (node.directives?.length ?? 0) + inside.directives, cost: introspectionCost, fixed: introspectionCost, fields: 1 };
    return { size, inside: { type: undefined, rows: undefined }, times: 1 };
  }

  /** Of a list that is chosen by ids. */
  private idCount(node: FieldNode): number | undefined {
    const value = node.arguments?.find((argument) => argument.name.value === 'ids')?.value;
    const given = value?.kind === Kind.LIST ? value.values : value?.kind === Kind.VARIABLE ? this.variables[value.name.value] : undefined;
    return Array.isArray(given) ? given.length : undefined;
  }

  /** The page that a connection field asks for; its `nodes` are that many. */
  private pageSize(node: FieldNode, definition: GraphQLField<unknown, unknown> | undefined): number | undefined {
    const page = definition?.args.find((argument) => argument.name === 'first');
    if (!page) return undefined;
    const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
    const given = value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.VARIABLE ? this.variables[value.name.value] : undefined;
    return typeof given === 'number' ? Math.max(0, given) : Number(page.defaultValue ?? 20);
  }
}

/** What variables are when nobody gives them, as far as it tells how many rows there are. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(variableDefinitions.flatMap(({ variable, defaultValue: value }): [string, unknown][] => {
    if (value?.kind === Kind.INT) return [[variable.name.value, Number(value.value)]];
    return value?.kind === Kind.LIST ? [[variable.name.value, value.values]] : [];
  }));
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
