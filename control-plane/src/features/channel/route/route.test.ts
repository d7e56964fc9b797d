import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';

let app: TestApp, sql: Sql, admin: Principal;
/** name, models, groups, priority, weight, status, mapping, credentials */
const channels: [string, string, string, number, number, string, string, number][] = [
  ['high-a', '{m,n}', '{default}', 9, 3, 'ENABLED', '{"m": "vendor-m"}', 1],
  ['high-b', '{m}', '{default,vip}', 9, 1, 'ENABLED', '{}', 0],
  ['low', '{m,gemini-2.5-pro-thinking-*}', '{default}', 0, 0, 'ENABLED', '{}', 2],
  ['off', '{m,gemini-2.5-pro-x-thinking-9}', '{default}', 0, 5, 'DISABLED', '{}', 1],
  ['broken', '{m}', '{vip}', 0, 5, 'AUTO_DISABLED', '{}', 1],
];
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  admin = await app.user({ role: 10 });
  for (const [name, models, groups, priority, weight, status, mapping, credentials] of channels) {
    const [row] = await sql<{ id: number }>(`insert into channel (name, type, models, group_names, priority, weight, status, model_mapping, created_at)
      values ($1, 1, $2, $3, $4, $5, $6, $7, now()) returning id`, [name, models, groups, priority, weight, status, mapping]);
    for (let position = 0; position < credentials; position++) await sql(`insert into channel_credential (channel_id, position, masked, created_at) values ($1, $2, '', now())`, [row!.id, position]);
  }
});
afterAll(() => app.stop());

const ask = async (args: string): Promise<{ candidates: unknown[]; excluded: unknown[] }> => {
  const { data, errors } = await app.query(`{ routePreview(${args}) { candidates { group tier share mappedModel listedModel credentials channel { name } } excluded { group obstacle channel { name } } } }`, {}, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  const { candidates, excluded } = data!.routePreview as { candidates: Data[]; excluded: Data[] };
  return {
    candidates: candidates.map(({ channel, tier, share, mappedModel, credentials }) => [channel.name, tier, share, mappedModel, credentials]),
    excluded: excluded.map(({ channel, group, obstacle }) => [channel.name, group, obstacle]),
  };
};

describe('a preview of where a request goes', () => {
  it('has the tiers, shares and names that relays use', async () => {
    expect(await ask('group: "default", model: "m"')).toEqual({
      candidates: [['high-a', 0, '0.75', 'vendor-m', 1], ['high-b', 0, '0.25', 'm', 0], ['low', 1, '1', 'm', 2]], excluded: [['off', 'default', 'DISABLED']],
    });
  });

  it('leaves out what the caller leaves out', async () => {
    expect(await ask('group: "default", model: "m", excludeChannelIds: ["ch_1"]')).toEqual({
      candidates: [['high-b', 0, '1', 'm', 0], ['low', 1, '1', 'm', 2]], excluded: [['high-a', 'default', 'LEFT_OUT'], ['off', 'default', 'DISABLED']],
    });
  });

  it('finds the family of a model that nobody lists by its own name', async () => {
    expect(await ask('group: "default", model: "gemini-2.5-pro-x-thinking-9"')).toEqual({ candidates: [['low', 0, '1', 'gemini-2.5-pro-x-thinking-9', 2]], excluded: [['off', 'default', 'DISABLED']] });
  });

  it('goes through the groups behind auto in their order', async () => {
    await sql(`insert into site_option (key, value, updated_at) values ('AutoGroups', '["vip", "default"]', now())`);
    expect(await ask('group: "auto", model: "m"')).toEqual({
      candidates: [['high-b', 0, '1', 'm', 0], ['high-a', 1, '0.75', 'vendor-m', 1], ['high-b', 1, '0.25', 'm', 0], ['low', 2, '1', 'm', 2]],
      excluded: [['broken', 'vip', 'AUTO_DISABLED'], ['off', 'default', 'DISABLED']],
    });
  });

  it('is empty where nobody serves', async () => expect(await ask('group: "nowhere", model: "m"')).toEqual({ candidates: [], excluded: [] }));
});

describe('abilities', () => {
  const list = async (args: string) => (await app.query(`{ abilities(${args}) { nodes { group model enabled priority channel { name } } totalCount { value } pageInfo { hasNextPage endCursor } } }`, {}, admin)).data!.abilities as Data;
  const shown = ({ nodes }: Data) => (nodes as Data[]).map(({ group, model, channel }) => `${channel.name} ${group} ${model}`);

  it('are every model of a channel in every group of it, each once, page by page', async () => {
    const whole = await list('first: 50'), pages: string[] = [];
    expect(shown(whole)).toEqual(['high-a default m', 'high-a default n', 'high-b default m', 'high-b vip m', 'low default gemini-2.5-pro-thinking-*', 'low default m', 'off default gemini-2.5-pro-x-thinking-9', 'off default m', 'broken vip m']);
    expect(whole.totalCount.value).toBe('9');
    for (let after = ''; ;) {
      const page = await list(`first: 2${after && `, after: "${after}"`}`);
      pages.push(...shown(page));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor as string;
    }
    expect(pages).toEqual(shown(whole));
  });

  it.each([
    { args: 'filter: { groups: ["vip"] }', is: ['high-b vip m', 'broken vip m'] },
    { args: 'filter: { groups: ["vip"], enabled: true }', is: ['high-b vip m'] },
    { args: 'filter: { models: ["n", "nothing"] }', is: ['high-a default n'] },
    { args: 'filter: { channelIds: ["ch_3"], models: ["m"] }', is: ['low default m'] },
    { args: 'first: 2, offset: 7', is: ['off default m', 'broken vip m'] },
  ])('$args', async ({ args, is }) => expect(shown(await list(args))).toEqual(is));
});
