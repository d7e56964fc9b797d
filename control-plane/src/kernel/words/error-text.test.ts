import { buildSchema, graphqlSync } from 'graphql';
import { describe, expect, it } from 'vitest';
import { withoutValues } from './error-text.ts';

const schema = buildSchema('scalar Secret enum Colour { RED } input Login { name: String! password: Secret! age: Int colour: Colour tags: [String!] } type Query { login(input: Login!): String }');
const document = 'query ($input: Login!) { login(input: $input) }';

describe('the text of an error', () => {
  it.each([
    { name: 'a field that is missing', input: { name: 'canary' }, text: 'input: Field "password" of required type "Secret!" was not provided.' },
    { name: 'a number for text', input: { name: { canary: 1 }, password: 'x' }, text: 'input.name: String cannot hold this value.' },
    { name: 'text for a number', input: { name: 'x', password: 'canary', age: 'canary' }, text: 'input.age: Int cannot hold this value.' },
    { name: 'no such enum value', input: { name: 'x', password: 'canary', colour: 'canary' }, text: 'input.colour: This value does not exist in "Colour" enum.' },
    { name: 'a field that does not exist', input: { name: 'x', password: 'canary', role: 100 }, text: 'input: Field "role" is not defined by type "Login".' },
    { name: 'something quite different', input: 'canary', text: 'input: Expected type "Login" to be an object.' },
    { name: 'an entry of a list', input: { name: 'x', password: 'canary', tags: ['a', { canary: 2 }] }, text: 'input.tags[1]: String cannot hold this value.' },
  ])('tells of $name without the value', ({ input, text }) => {
    const { errors } = graphqlSync({ schema, source: document, variableValues: { input } });
    expect(errors![0]!.message).toContain('got invalid value');
    expect(withoutValues(errors![0]!.message)).toBe(text);
  });

  it('tells of a literal without the literal', () => {
    const { errors } = graphqlSync({ schema, source: '{ login(input: { name: 12345678, password: "x" }) }' });
    expect(withoutValues(errors![0]!.message)).not.toContain('12345678');
  });
});
