/** Every root field against eight callers, from the schema itself: what a policy says is what happens (AUT-01). */
import { GraphQLNonNull, isEnumType, isInputObjectType, isListType, isLeafType, isObjectType, type GraphQLInputType, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../kernel/context.ts';
import { Permission, permissionsOf, type Policy } from '../kernel/permission.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { requirePolicy } from './policy.ts';
import { createSchema } from './schema.ts';

const schema = createSchema();
const roots = [schema.getQueryType(), schema.getMutationType()].filter((type): type is GraphQLObjectType => type != null);
const fields = roots.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field, policy: field.extensions.policy as Policy })));

const caller = (role: number, credential: Principal['credential'] = 'access-token'): Principal => ({ userId: 999_999, username: 'x', role, permissions: credential === 'relay-key' ? [] : permissionsOf(role), credential, tokenId: 1, ...(credential === 'integration-key' && { keyId: 1 }) });
const callers = { nobody: undefined, 'a relay key': caller(100, 'relay-key'), 'a user': caller(1), 'an admin': caller(10), root: caller(100), 'a program that may everything': caller(100, 'integration-key'), 'a program that may nothing': caller(1, 'integration-key'), 'a program that is limited to users': { ...caller(100, 'integration-key'), userScope: [999_999] } };

/** The least that an argument takes. */
function sample(type: GraphQLInputType): unknown {
  if (type instanceof GraphQLNonNull) return sample(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).filter((field) => field.type instanceof GraphQLNonNull).map((field) => [field.name, sample(field.type)]));
  return ({ Boolean: false, Int: 1, ID: '1', Int64: '1', Quota: '1', Decimal: '1', DateTimeISO: '2026-01-01T00:00:00Z' } as Record<string, unknown>)[type.name] ?? 'x';
}

function expected(policy: Policy, who: Principal | undefined, ofUsers: unknown): string | undefined {
  if (policy.kind === 'public') return undefined;
  if (who?.userScope && ofUsers !== true) return 'FORBIDDEN';
  if (!who) return 'UNAUTHENTICATED';
  if (policy.kind === 'self' && who.credential === 'integration-key') return policy.keys?.every((one) => who.permissions.includes(one)) ? undefined : 'FORBIDDEN';
  if (policy.kind === 'self') return who.credential === 'relay-key' ? 'FORBIDDEN' : undefined;
  return policy.all.every((permission) => who.permissions.includes(permission)) ? undefined : 'FORBIDDEN';
}

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

describe.each(Object.entries(callers))('%s', (_name, who) => {
  it.each(fields)('and $type.name.$field.name agree', async ({ type, field, policy }) => {
    const required = field.args.filter((argument) => argument.type instanceof GraphQLNonNull && argument.defaultValue === undefined);
    const heads = required.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
    const call = required.length ? `(${required.map(({ name }) => `${name}: $${name}`).join(', ')})` : '';
    const named = field.type.toString().replace(/[[\]!]/g, '');
    const selection = isLeafType(schema.getType(named)) ? '' : '{ __typename }';
    const document = `${type === schema.getMutationType() ? 'mutation' : 'query'}${heads && ` (${heads})`} { ${field.name}${call} ${selection} }`;
    const variables = Object.fromEntries(required.map((argument) => [argument.name, sample(argument.type)]));
    const { errors } = await app.query(document, variables, who);
    const denied = (errors ?? []).map((error) => error.extensions!.code).find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN');
    // A field that is allowed may refuse for other reasons; a denied one must say so, and nothing but that.
    expect(denied).toBe(expected(policy, who, field.extensions.ofUsers));
  });
});

describe('policies', () => {
  it('give every permission to root, none to a user, and to an admin what is not the owner\'s alone', () => {
    expect(permissionsOf(100)).toEqual(Object.values(Permission));
    expect(permissionsOf(1)).toEqual([]);
    expect(permissionsOf(10)).not.toContain(Permission.OPTION_WRITE);
  });

  it('are on every subscription too', () => {
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) expect(field.extensions.policy).toBeDefined();
  });

  it('hold below the root', async () => {
    const context = await app.context(caller(1));
    expect(() => requirePolicy({ kind: 'permission', all: [Permission.USER_READ] }, context)).toThrow('USER_READ');
    const type = schema.getType('User');
    expect(isObjectType(type) && type.getFields().remark!.extensions.policy).toEqual({ kind: 'permission', all: [Permission.USER_READ] });
  });
});
