/** The schema, from the list of resolvers. `pnpm gen` prints it to /schema.graphql. */
import 'reflect-metadata';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { GraphQLEnumType, lexicographicSortSchema, specifiedDirectives, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, registerEnumType, type ContainerType, type NonEmptyArray } from 'type-graphql';
import type { PubSub } from 'type-graphql';
import { wireTypes } from '../features/relay-link/wire/wire-types.ts';
import { SiteResolver } from '../features/site/site.resolver.ts';
import { Permission, requiresDirective } from '../kernel/permission.ts';
import { restDirective } from '../kernel/rest-directive.ts';
import { ConflictError, DeletePayload, OkPayload, PlainError, QuotaError, ValidationError } from '../kernel/user-error.ts';
import { enforcePolicies } from './policy.ts';

registerEnumType(Permission, { name: 'Permission', description: 'A right that a role holds.' });

/** Every resolver of the product, in alphabetical order. */
export const resolvers: NonEmptyArray<Function> = [SiteResolver];

const orphanedTypes = [...wireTypes, PlainError, ValidationError, ConflictError, QuotaError, OkPayload, DeletePayload];

// Printing needs the enum as graphql-js knows it; type-graphql makes its own of the same name for fields.
const permissionEnum = new GraphQLEnumType({ name: 'Permission', values: Object.fromEntries(Object.keys(Permission).map((name) => [name, {}])) });

const noPubSub: PubSub = {
  publish: () => {},
  subscribe: () => { throw new Error('This schema was built for printing only'); },
};

export function createSchema(container?: ContainerType, pubSub: PubSub = noPubSub): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers, orphanedTypes, pubSub, container,
    directives: [...specifiedDirectives, restDirective, requiresDirective(permissionEnum)],
    validate: false,
  });
  return enforcePolicies(lexicographicSortSchema(schema));
}

export const printSchema = (schema: GraphQLSchema): string => `${printSchemaWithDirectives(schema)}\n`;
