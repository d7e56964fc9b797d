import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../kernel/context.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp, root: Principal;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
});
afterAll(() => app.stop());

const channel = { name: 'a', type: 1, credentials: ['sk-0123456789'], models: ['m'] };
const create = 'mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { userErrors { code } } }';

it.each([
  { name: 'a name', document: create, variables: { input: { ...channel, name: 'a\0b' } }, place: 'input.name' },
  { name: 'a credential', document: create, variables: { input: { ...channel, credentials: ['sk-ok', '\0'] } }, place: 'input.credentials.1' },
  { name: 'half a pair in JSON text', document: create, variables: { input: { ...channel, modelMapping: '{"a":"\ud800"}' } }, place: 'input.modelMapping' },
  { name: 'a search', document: 'query ($search: String) { channels(filter: {search: $search}) { nodes { id } } }', variables: { search: '\0' }, place: 'filter.search' },
  { name: 'a filter below the root', document: 'query ($name: String) { viewer { logs(filter: {tokenName: $name}) { nodes { id } } } }', variables: { name: '\udc00' }, place: 'filter.tokenName' },
  { name: 'a price', document: 'mutation ($model: String!) { pricesUpdate(input: {upsert: [{model: $model, modelRatio: "1"}]}) { userErrors { code } } }', variables: { model: 'm\0' }, place: 'input.upsert.0.model' },
  { name: 'an option', document: 'mutation ($value: String!) { optionsUpdate(input: [{key: "SystemName", value: $value}]) { userErrors { code } } }', variables: { value: '\0' }, place: 'input.0.value' },
])('refuses $name that cannot be stored, by its place', async ({ document, variables, place }) => {
  const { errors } = await app.query(document, variables, root);
  expect(errors).toMatchObject([{ message: expect.stringContaining(`${place} `) as string, extensions: { code: 'BAD_USER_INPUT' } }]);
});

it('takes whole pairs', async () => {
  const { data } = await app.query(create, { input: { ...channel, name: 'channel 🚰' } }, root);
  expect(data!.channelCreate.userErrors).toEqual([]);
});

it('asks who calls first', async () => {
  const { errors } = await app.query('{ channels(filter: {search: "\\u0000"}) { nodes { id } } }');
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});
