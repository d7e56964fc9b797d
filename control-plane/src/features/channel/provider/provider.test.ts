import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { providerRooms, type ProviderRooms } from '../../../server/provider-rooms.ts';
import { restCaller, type RestCaller } from '../../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { JobRunner } from '../../job/job-runner.ts';
import { JobTable } from '../../job/job-table.ts';
import type { ProviderAccount } from '../../relay-link/channel-probes.ts';
import type { ProviderInquiryResult } from '../../relay-link/wire/inquiry.ts';
import { balanceJob } from './balance.job.ts';
import { refreshBalance } from './balance.ts';
import { ModelFetchService } from './model-fetch.ts';
import { upstreamDetectJob } from './upstream-detect.job.ts';
import { Channel } from '../channel.entity.ts';

let app: TestApp, sql: Sql, admin: Principal, rest: RestCaller, rooms: ProviderRooms, serial = 0;
let answer: (account: ProviderAccount) => Partial<ProviderInquiryResult> | undefined;
const asked: ProviderAccount[] = [];

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  admin = await app.user({ role: 10 });
  rest = await restCaller(app, { role: 10 });
  // The far end: what a relay would answer.
  rooms = providerRooms(app.base, async (_, account) => {
    asked.push(account);
    const given = answer(account);
    return given && { nonce: 'n', ok: true, durationMs: 5, models: [], ...given };
  });
});
afterAll(() => app.stop());
beforeEach(() => { asked.length = 0; });

async function add(over: Data = {}): Promise<number> {
  const { data } = await app.query('mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { channels { legacyId } userErrors { message } } }',
    { input: { name: `c${++serial}`, type: 1, credentials: ['sk-secret'], models: ['gpt-4o', 'old'], groups: ['default'], ...over } }, admin);
  return Number(data!.channelCreate.channels[0].legacyId);
}
const row = (id: number) => app.base.orm.em.fork().findOneOrFail(Channel, id);
const fetchModels = async (input: Data) => new ModelFetchService(rooms.fetch).fetch(await app.context(admin), input);
const balanceOf = async (id: number) => refreshBalance(app.base.orm.em.fork(), await row(id), 'en', rooms.balance);

describe('models', () => {
  it('of a saved channel are asked with its credential, and kept for the difference', async () => {
    const id = await add({ baseUrl: 'https://api.example.com' });
    answer = () => ({ models: ['gpt-4o', 'new', 'new'] });
    expect(await fetchModels({ channelId: String(id) })).toMatchObject({ models: ['gpt-4o', 'new'], added: ['new'], removed: ['old'], userErrors: [] });
    expect(asked).toMatchObject([{ type: 1, baseUrl: 'https://api.example.com', secret: 'sk-secret' }]);
    const { data } = await app.query(`{ channel(id: ${id}) { upstreamDiff { added removed ignored detectedAt } } }`, {}, admin);
    expect(data!.channel.upstreamDiff).toEqual({ added: ['new'], removed: ['old'], ignored: [], detectedAt: app.clock.now().toISOString() });
  });

  it('are taken over, left out and ignored as people choose', async () => {
    const id = await add();
    answer = () => ({ models: ['gpt-4o', 'new', 'never'] });
    await fetchModels({ channelId: String(id) });
    const apply = async (args: string): Promise<Data> => (await app.query(`mutation { channelUpstreamApply(id: ${id}, ${args}) { channel { models version upstreamDiff { added removed ignored } } userErrors { code path } } }`, {}, admin)).data!.channelUpstreamApply;
    expect(await apply('add: ["new"], remove: ["old"], ignore: ["never"]')).toEqual({ channel: { models: ['gpt-4o', 'new'], version: '2', upstreamDiff: { added: [], removed: [], ignored: ['never'] } }, userErrors: [] });
    expect((await apply('remove: ["gpt-4o", "new"]')).userErrors).toMatchObject([{ code: 'REQUIRED' }]);
    expect((await apply('add: ["a,b"]')).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'models', '2'] }]);
    expect(await sql(`select key from snapshot_change where kind = 'channel' and key = $1`, [String(id)])).not.toEqual([]);
  });

  it('of an account that is not saved are asked with its first line only', async () => {
    answer = () => ({ models: ['a'] });
    expect(await fetchModels({ type: 1, credential: 'sk-one\nsk-two', baseUrl: '' })).toMatchObject({ models: ['a'], added: [], removed: [] });
    expect(asked).toMatchObject([{ type: 1, baseUrl: null, secret: 'sk-one' }]);
  });

  it.each([
    { name: 'no type', input: { credential: 'x' }, at: 'type' }, { name: 'no credential', input: { type: 1 }, at: 'credential' }, { name: 'an address that is none', input: { type: 1, credential: 'x', baseUrl: 'ftp://x' }, at: 'baseUrl' },
    { name: 'a private address', input: { type: 1, credential: 'x', baseUrl: 'http://169.254.169.254/' }, at: 'baseUrl' },
  ])('are not asked for with $name', async ({ input, at }) => {
    expect((await fetchModels(input)).userErrors).toMatchObject([{ path: ['input', at] }]);
    expect(asked).toEqual([]);
  });

  it.each([
    { name: 'no relay', given: undefined, code: 'UPSTREAM_FAILED', message: /No relay/ }, { name: 'a provider that does not tell', given: { ok: false, failure: 'not_offered' }, code: 'UNSUPPORTED', message: /does not tell/ },
    { name: 'a refusal', given: { ok: false, failure: 'upstream_unauthorized', detail: 'bad key' }, code: 'UPSTREAM_FAILED', message: /upstream_unauthorized: bad key/ },
  ])('say why there are none: $name', async ({ given, code, message }) => {
    answer = () => given;
    expect((await fetchModels({ channelId: String(await add()) })).userErrors).toEqual([expect.objectContaining({ code, message: expect.stringMatching(message) as string })]);
  });

  it('need a credential that is on', async () => {
    const id = await add();
    await sql(`update channel_credential set status = 'DISABLED' where channel_id = $1`, [id]);
    expect((await fetchModels({ channelId: String(id) })).userErrors).toMatchObject([{ message: 'No key of the channel is switched on' }]);
  });
});

describe('a balance', () => {
  it.each([
    { given: { amount: '12.34', currency: 'USD' }, balance: '12.34' }, { given: { amount: '73', currency: 'CNY' }, balance: '10' }, { given: { amount: '-0.5', currency: 'USD' }, balance: '-0.5' },
  ])('of $given.amount $given.currency is $balance dollars', async ({ given, balance }) => {
    const id = await add();
    answer = () => ({ balance: given });
    expect(await balanceOf(id)).toBeUndefined();
    expect(await row(id)).toMatchObject({ balance, balanceAt: app.clock.now(), version: 1 });
  });

  it('in what is no money is refused', async () => {
    answer = () => ({ balance: { amount: '5', currency: 'credits' } });
    expect(await balanceOf(await add())).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringMatching(/credits/) as string });
  });

  it('is nothing that a channel with several keys has', async () => {
    expect(await balanceOf(await add({ credentials: ['one', 'two'], mode: 'MULTI_TO_SINGLE' }))).toMatchObject({ message: 'A channel with several keys has no balance' });
  });
});

async function run(kind: 'channelBalanceRefreshMany' | 'channelUpstreamDetect', ids: number[]): Promise<Data> {
  const { data } = await app.query(`mutation ($ids: [ID!]) { ${kind}(ids: $ids) { job { id } userErrors { code } } }`, { ids: ids.map(String) }, admin);
  const { orm, pubSub, log } = app.base;
  const runner = new JobRunner({ table: new JobTable(orm), kinds: [balanceJob(rooms.balance), upstreamDetectJob(rooms.fetch)], events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() });
  const id = data![kind].job.id as string;
  await runner.runHere(Number(id.slice(4)), 10_000);
  return (await app.query(`{ job(id: "${id}") { status total done failed message results { nodes { subject ok message } } } }`, {}, admin)).data!.job;
}

describe('jobs', () => {
  it('ask for balances, and switch off what is spent', async () => {
    const [rich, spent, kept, dumb] = [await add(), await add({ credentials: ['sk-spent'] }), await add({ credentials: ['sk-spent'], autoBan: false }), await add({ credentials: ['sk-dumb'] })];
    answer = ({ secret }) => (secret === 'sk-dumb' ? { ok: false, failure: 'not_offered' } : { balance: { amount: secret === 'sk-spent' ? '0' : '7', currency: 'USD' } });
    expect(await run('channelBalanceRefreshMany', [rich, spent, kept, dumb])).toMatchObject({ status: 'SUCCEEDED', total: 4, done: 4, failed: 1, message: '3 told, 1 not, 1 switched' });
    expect(await sql('select status, status_reason from channel where id = any($1::int[]) order by id', [[rich, spent, kept]])).toEqual([
      { status: 'ENABLED', status_reason: null }, { status: 'AUTO_DISABLED', status_reason: 'The balance is 0' }, { status: 'ENABLED', status_reason: null },
    ]);
  });

  it('look for differences', async () => {
    const id = await add();
    answer = () => ({ models: ['gpt-4o', 'new'] });
    expect((await run('channelUpstreamDetect', [id])).results.nodes).toEqual([{ subject: `ch_${id}`, ok: true, message: '1 added, 1 removed' }]);
  });
});

describe('REST', () => {
  it('says what no relay could tell', async () => {
    const id = await add();
    const by = async (method: string, path: string, body?: unknown) => { const given = await rest.call(method, path, body); return [given.status, given.body.success, given.body.message]; };
    expect(await by('GET', `/api/channel/fetch_models/${id}`)).toEqual([200, false, 'No relay answered']);
    expect(await by('POST', '/api/channel/fetch_models', { type: 1, key: 'sk', base_url: '' })).toEqual([500, false, 'No relay answered']);
    expect(await by('GET', `/api/channel/update_balance/${id}`)).toEqual([200, false, 'No relay answered']);
    expect(await by('GET', '/api/channel/fetch_models/999999')).toEqual([404, false, 'Not found']);
    expect(await by('GET', '/api/channel/update_balance/x').then(([status]) => status)).toBe(400);
    expect(await rest.call('GET', '/api/channel/update_balance')).toEqual({ status: 200, body: { success: true, message: '' } });
  });
});
