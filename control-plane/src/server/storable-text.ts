/**
 * PostgreSQL cannot store U+0000, nor half of a surrogate pair inside JSON. Told here, once for every argument of every
 * field, as the caller's mistake: a statement that fails later would be a fault of ours.
 */
import { defaultFieldResolver, GraphQLError, GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { isStorable } from '../kernel/storable.ts';
import { cleanNames } from './clean-names.ts';

/** Where in the arguments the first such text stands; undefined when there is none. */
function unstorable(value: unknown): string[] | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : [];
  if (typeof value !== 'object' || value === null || value instanceof Date) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = unstorable(member);
    if (found) return [name, ...found];
  }
  return undefined;
}

function check(args: unknown): void {
  const place = unstorable(args);
  cleanNames(args);
  if (place) throw new GraphQLError(`${place.join('.')} holds a character that cannot be stored (U+0000 or half a surrogate pair)`, { extensions: { code: 'BAD_USER_INPUT', argument: place.join('.') } });
}

/** Wraps each field that takes arguments. Call it before the policies, so that they come first. */
export function refuseUnstorableText(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.args.length) continue;
      const { resolve = defaultFieldResolver, subscribe } = field;
      field.resolve = (source, args, context, info) => {
        check(args);
        return resolve(source, args, context, info);
      };
      if (subscribe) {
        field.subscribe = (source, args, context, info) => {
          check(args);
          return subscribe(source, args, context, info);
        };
      }
    }
  }
  return schema;
}
