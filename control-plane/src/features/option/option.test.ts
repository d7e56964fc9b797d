import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { SiteSecrets } from './site-secrets.ts';
import { flagOption, integerOption, listOption, textOption } from './option-values.ts';

let app: TestApp, root: Principal, admin: Principal, sql: Sql;

beforeAll(async () => {
  app = await startTestApp();
  [root, admin] = [await app.user({ role: 100 }), await app.user({ role: 10 })];
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(() => app.stop());

async function update(values: Record<string, string>): Promise<Data> {
  const input = Object.entries(values).map(([key, value]) => ({ key, value }));
  const { data, errors } = await app.query('mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { options { key value atDefault } userErrors { code path } } }', { input }, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.optionsUpdate;
}
async function read(...keys: string[]): Promise<Record<string, string>> {
  const { data } = await app.query('query ($keys: [String!]) { options(keys: $keys) { key value } }', { keys }, root);
  return Object.fromEntries(data!.options.map(({ key, value }: Data) => [key, value]));
}

it.each([
  { key: 'SystemName', value: 'My Weir' },
  { key: 'QuotaPerUnit', value: '1000000' },
  { key: 'RetryTimes', value: '3' },
  { key: 'SelfUseModeEnabled', value: 'true' },
  { key: 'quota.strict_hold', value: 'true' },
  { key: 'strict_http_status', value: 'false' },
  { key: 'upstream.private_allowlist', value: '10.0.0.0/8,127.0.0.1:9000,[fd00::]/8:443' },
  { key: 'ModelRatio', value: '{"a":1,"b":0,"c":2.5}' },
  { key: 'CompletionRatio', value: '{"a":3}' },
  { key: 'CacheRatio', value: '{"a":0.1}' },
  { key: 'CreateCacheRatio', value: '{"a":1.25}' },
  { key: 'ImageRatio', value: '{"a":2}' },
  { key: 'AudioRatio', value: '{"a":16}' },
  { key: 'AudioCompletionRatio', value: '{"a":2}' },
  { key: 'ModelPrice', value: '{"draw":0.04}' },
  { key: 'GroupRatio', value: '{"default":1,"other":0.5,"svip":1,"vip":0.8}' },
  { key: 'UserUsableGroups', value: '{"default":"All","vip":"Friends"}' },
])('gives back $key as it was written', async ({ key, value }) => {
  expect(await update({ [key]: value })).toMatchObject({ options: [{ key, value }], userErrors: [] });
  expect(await read(key)).toEqual({ [key]: value });
});

it('stores texts in one form', async () => {
  await update({ RetryTimes: ' 02 ', SelfUseModeEnabled: 'FALSE', 'upstream.private_allowlist': '10.0.0.1\n 10.0.0.2 , 10.0.0.1', ServerAddress: 'https://weir.example/' });
  expect(await read('RetryTimes', 'SelfUseModeEnabled', 'upstream.private_allowlist', 'ServerAddress')).toEqual({
    RetryTimes: '2', SelfUseModeEnabled: 'false', 'upstream.private_allowlist': '10.0.0.1,10.0.0.2', ServerAddress: 'https://weir.example',
  });
});

it.each<{ name: string; values: Record<string, string>; error: Data }>([
  { name: 'an unknown key, by name', values: { NoSuchOption: '1' }, error: { code: 'NOT_FOUND', path: ['input', '0', 'key', 'NoSuchOption'] } },
  { name: 'a key that only JavaScript objects have', values: { ['constructor']: '1' }, error: { code: 'NOT_FOUND' } },
  { name: 'a number out of range', values: { RetryTimes: '11' }, error: { code: 'INVALID', path: ['input', '0', 'value'] } },
  { name: 'a number that is none', values: { QuotaPerUnit: '5e5' }, error: { code: 'INVALID' } },
  { name: 'a quota unit of zero', values: { QuotaPerUnit: '0' }, error: { code: 'INVALID' } },
  { name: 'a header that is none', values: { 'claude.model_headers_settings': '{"m":{"a b":["c"]}}' }, error: { code: 'INVALID' } },
  { name: 'a header of two lines', values: { 'claude.model_headers_settings': '{"m":{"a":["c\\nd"]}}' }, error: { code: 'INVALID' } },
  { name: 'a version of no API', values: { 'gemini.version_settings': '{"m":"../v1"}' }, error: { code: 'INVALID' } },
  { name: 'a policy whose expression cannot be read', values: { 'global.chat_completions_to_responses_policy': '{"enabled":true,"model_patterns":["("]}' }, error: { code: 'INVALID' } },
  { name: 'a tool that pays', values: { 'tool_price_setting.prices': '{"web_search":-1}' }, error: { code: 'INVALID' } },
  { name: 'a switch that is neither on nor off', values: { SelfUseModeEnabled: 'yes' }, error: { code: 'INVALID' } },
  { name: 'a switch whose needs are missing', values: { EmailVerificationEnabled: 'true' }, error: { code: 'INVALID', path: ['input', 'EmailVerificationEnabled'] } },
  { name: 'a domain that is none', values: { EmailDomainWhitelist: 'example' }, error: { code: 'INVALID' } },
  { name: 'a secret that is too long', values: { SMTPToken: 'x'.repeat(5_000) }, error: { code: 'INVALID' } },
  { name: 'an address with a user name', values: { ServerAddress: 'https://a:b@weir.example' }, error: { code: 'INVALID' } },
  { name: 'a range that is none', values: { 'upstream.private_allowlist': '10.0.0.0/33' }, error: { code: 'INVALID' } },
  { name: 'a host name as a range', values: { 'upstream.private_allowlist': 'localhost' }, error: { code: 'INVALID' } },
  { name: 'a negative ratio, by model', values: { ModelRatio: '{"a":1,"b":-1}' }, error: { code: 'INVALID', path: ['input', '0', 'value', 'b'] } },
  { name: 'a price map that is no JSON', values: { ModelPrice: 'x' }, error: { code: 'INVALID' } },
  { name: 'a list of groups without the default one', values: { GroupRatio: '{"vip":1}' }, error: { code: 'IN_USE' } },
  { name: 'a group name with a space', values: { GroupRatio: '{"default":1,"a b":1}' }, error: { code: 'INVALID', path: ['input', '0', 'value', 'a b'] } },
  { name: 'a description that cannot be stored', values: { UserUsableGroups: '{"default":"\\u0000"}' }, error: { code: 'INVALID' } },
  { name: 'a usable group that does not exist', values: { UserUsableGroups: '{"nobody":"x"}' }, error: { code: 'INVALID', path: ['input', '0', 'value', 'nobody'] } },
])('refuses $name', async ({ values, error }) => {
  expect((await update(values)).userErrors).toEqual([expect.objectContaining(error)]);
});

it('writes all or nothing', async () => {
  const before = await read('SystemName', 'ModelRatio', 'GroupRatio');
  await update({ SystemName: 'Other', ModelRatio: '{"z":1}', GroupRatio: '{"default":2}', RetryTimes: 'many' });
  expect(await read('SystemName', 'ModelRatio', 'GroupRatio')).toEqual(before);
});

it('makes one price row of several maps that name the same model', async () => {
  await update({ ModelRatio: '{"both":2}', CompletionRatio: '{"both":4}', CacheRatio: '{}' });
  expect(await sql(`select model_ratio::int, completion_ratio::int from price where model = 'both'`)).toEqual([{ model_ratio: 2_000_000, completion_ratio: 4_000_000 }]);
});

it('drops a model that the new map does not name, and keeps what other maps say of it', async () => {
  await update({ ModelRatio: '{"kept":1,"dropped":1}', CompletionRatio: '{"dropped":2}' });
  await update({ ModelRatio: '{"kept":1}' });
  expect(await read('ModelRatio', 'CompletionRatio')).toEqual({ ModelRatio: '{"kept":1}', CompletionRatio: '{"dropped":2}' });
});

it('tells the relays of a setting that they act on, and only of such', async () => {
  await sql('delete from snapshot_change');
  await update({ SystemName: 'Quiet' });
  expect(await sql('select from snapshot_change')).toEqual([]);
  await update({ RetryTimes: '1' });
  expect(await sql('select kind, key from snapshot_change')).toEqual([{ kind: 'settings', key: 'site' }]);
});

it('gives other features typed values', async () => {
  await update({ RetryTimes: '4', SelfUseModeEnabled: 'true', 'upstream.private_allowlist': '10.0.0.1,10.0.0.2', SystemName: 'Typed' });
  expect([await integerOption(sql, 'RetryTimes'), await flagOption(sql, 'SelfUseModeEnabled'), await listOption(sql, 'upstream.private_allowlist'), await textOption(sql, 'SystemName')])
    .toEqual([4, true, ['10.0.0.1', '10.0.0.2'], 'Typed']);
});

it('seals a secret, never tells it, and leaves it when an empty one comes', async () => {
  const secrets = new SiteSecrets(app.base.secretBox);
  await update({ SMTPToken: 'pa55word of mail' });
  const stored = async () => (await sql<{ value: string }>(`select value from site_option where key = 'SMTPToken'`))[0]!.value;
  expect(await stored()).toMatch(/^w1\./);
  expect(await update({ SMTPToken: '' })).toMatchObject({ options: [{ key: 'SMTPToken', value: '', atDefault: false }], userErrors: [] });
  expect([await secrets.read(sql, 'SMTPToken'), await read('SMTPToken')]).toEqual(['pa55word of mail', { SMTPToken: '' }]);
  const authorization = (await app.query('mutation { accessTokenRotate { accessToken } }', {}, root)).data!.accessTokenRotate.accessToken as string;
  for (const path of ['/api/option', '/api/option/']) {
    const { body } = await app.request({ path, headers: { authorization, 'new-api-user': String(root.userId) } });
    expect(String(body)).not.toMatch(/SMTPToken|smtptoken|w1\.|pa55word/i);
    expect(String(body)).toMatch(/SMTPPort|smtpport/);
  }
});

it('lists every option without keys', async () => {
  const { data } = await app.query('{ options { key kind description atDefault } }', {}, root);
  expect(data!.options.map(({ key }: Data) => key)).toEqual(expect.arrayContaining(['SystemName', 'ModelRatio', 'GroupRatio', 'UserUsableGroups']));
});

it.each(['{ options { key } }', 'mutation { optionsUpdate(input: []) { userErrors { code } } }'])('is for root users: %s', async (document) => {
  expect((await app.query(document, {}, admin)).errors![0]!.extensions!.code).toBe('FORBIDDEN');
  expect((await app.query(document)).errors![0]!.extensions!.code).toBe('UNAUTHENTICATED');
  expect((await app.query(document, {}, root)).errors).toBeUndefined();
});
