import { readFileSync } from 'node:fs';
import { isInputObjectType, isIntrospectionType, isObjectType, isInterfaceType, GraphQLObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { enforcePolicies } from './policy.ts';
import { createSchema, printSchema } from './schema.ts';
import { containerOf } from './services.ts';

const schema = createSchema();

describe('the schema', () => {
  it('is the one in /schema.graphql', () => {
    expect(printSchema(schema)).toBe(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
  });

  it('does not build with a root field that declares no policy', () => {
    const bare = createSchema();
    const query = bare.getQueryType()!;
    delete (query.getFields().site!.extensions as { policy?: unknown }).policy;
    expect(() => enforcePolicies(bare)).toThrow('Query.site');
  });

  it('loses no policy and no route: the class that declares a field carries them, not its resolver', () => {
    const { fieldResolvers, objectTypes } = getMetadataStorage();
    const lost = fieldResolvers.filter(({ kind, getObjectType, methodName, directives = [], extensions = {} }) => {
      const owner = kind === 'external' ? objectTypes.find(({ target }) => target === getObjectType?.()) : undefined;
      const field = owner?.fields?.find(({ name }) => name === methodName);
      return field && (directives.length !== (field.directives?.length ?? 0) || extensions.policy !== field.extensions?.policy) && (directives.length > 0 || extensions.policy);
    });
    expect(lost.map(({ methodName }) => methodName)).toEqual([]);
  });

  it('gives out no hash, envelope or password', () => {
    const leaks = Object.values(schema.getTypeMap()).flatMap((type) =>
      (type instanceof GraphQLObjectType && !/^(Relay|ProviderInquiry)/.test(type.name) ? Object.keys(type.getFields()).filter((name) => /hash|envelope|password/i.test(name)).map((name) => `${type.name}.${name}`) : []));
    // What they are about is no password, but for the one that we make when nobody chose any.
    expect(leaks).toEqual(['Mutation.passwordReset', 'Mutation.passwordResetSend', 'PasswordResetPayload.newPassword', 'RegistrationInfo.passwordSignIn']);
  });

  it('names every type and field as the rules do', () => {
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type)) continue;
      expect(type.name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) for (const name of Object.keys(type.getFields())) expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
    }
  });
});

it('a resolver that nobody built is named', () => {
  class Forgotten {}
  expect(() => containerOf([]).get(Forgotten, {} as never)).toThrow('No instance of Forgotten');
});
