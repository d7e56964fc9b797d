import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { groupSource } from '../group/group-source.ts';
import { settingsSource } from '../option/settings-source.ts';
import { channelSource } from './channel-source.ts';

let orm: MikroORM, sql: Sql;

beforeAll(async () => {
  orm = await openDatabase(await testDatabase());
  sql = sqlOf(orm.em.fork());
  await sql(`insert into channel (id, name, type, status, base_url, models, group_names, model_mapping, priority, weight, credential_mode, extras, created_at)
    values (7, 'first', 1, 'DISABLED', 'https://upstream.example', '{b,a}', '{default}', '{"z":"y","a":"b"}', 5, 2, 'POLLING', '{"other":"eu-west-1","organization":null,"settings":"{\\"a\\":1}","setting":"{}","paramOverride":null,"statusCodeMapping":"{\\"429\\":\\"500\\"}"}', now())`);
  await sql(`insert into channel_credential (id, channel_id, position, secret, masked, status, created_at) values
    (1, 7, 1, 'w1.second', '', 'ENABLED', now()), (2, 7, 0, 'w1.first', '', 'ENABLED', now()), (3, 7, 2, 'w1.off', '', 'AUTO_DISABLED', now())`);
});
afterAll(() => orm.close(true));

it('gives a disabled channel with its sealed credentials in order, without those that are off', async () => {
  const [{ key, body }] = await channelSource.some(sql, ['7', '8']) as [{ key: string; body: string }];
  expect(key).toBe('7');
  expect(JSON.parse(body)).toEqual({
    id: 7, name: 'first', type: 1, status: 'DISABLED', baseUrl: 'https://upstream.example', models: ['b', 'a'], groups: ['default'],
    credentials: [{ id: 2, envelope: 'w1.first', place: 0 }, { id: 1, envelope: 'w1.second', place: 1 }],
    modelMapping: [{ from: 'a', to: 'b' }, { from: 'z', to: 'y' }], priority: 5, weight: 2, testModel: null, tag: null, credentialMode: 'POLLING', autoBan: true,
    extra: { other: 'eu-west-1', organization: '', settings: '{"a":1}' }, rules: { statusCodeMapping: '{"429":"500"}' },
  });
});

it('walks all channels in batches and ends', async () => {
  await sql(`insert into channel (id, name, type, models, group_names, created_at) select 100 + n, 'c' || n, 1, '{}', '{}', now() from generate_series(1, 1200) n`);
  const keys: string[] = [];
  for await (const batch of channelSource.all(sql)) keys.push(...batch.map(({ key }) => key));
  expect(keys).toHaveLength(1201);
  expect(new Set(keys).size).toBe(1201);
});

it('gives the groups that a new instance has', async () => {
  const [body] = await groupSource.some(sql, ['default']);
  expect(JSON.parse(body!.body)).toEqual({ name: 'default', ratio: 1_000_000, selectable: true, ratios: [], allowed: [], refused: [] });
});

it('gives the settings, stored ones over defaults', async () => {
  await sql(`insert into site_option (key, value, updated_at) values ('RetryTimes', '2', now()), ('upstream.private_allowlist', '10.0.0.0/8,127.0.0.1/32:9000', now()), ('Retired', 'x', now()),
    ('claude.default_max_tokens', '{"default":8192,"claude-x":4000}', now()), ('claude.model_headers_settings', '{"claude-x":{"Anthropic-Beta":["a","b"]}}', now()), ('grok.violation_deduction_enabled', 'false', now()),
    ('global.chat_completions_to_responses_policy', '{"enabled":true,"channel_types":[1],"all_channels":false,"model_patterns":["^gpt-5"]}', now()), ('tool_price_setting.prices', '{"file_search":0.5}', now()), ('StopOnSensitiveEnabled', 'false', now()), ('gemini.thinking_adapter_enabled', 'true', now()),
    ('AutomaticDisableKeywords', E'Gone, Away\nno more', now()), ('SensitiveWords', 'one', now()), ('ModelRequestRateLimitEnabled', 'true', now()), ('ModelRequestRateLimitGroup', '{"vip":[5,3]}', now())`);
  const [body] = await settingsSource.some(sql, ['site']);
  expect(JSON.parse(body!.body)).toMatchObject({
    quotaPerUnit: 500_000, retryTimes: 2, preConsumedQuota: 500, selfUse: false, strictHold: false, privateUpstreams: ['10.0.0.0/8', '127.0.0.1/32:9000'],
    routing: { retryStatuses: '100-199,300-399,401-407,409-499,500-503,505-523,525-599', autoGroups: ['default'], disableStatuses: '401', disableKeywords: ['gone, away', 'no more'], passThrough: false },
    guards: { sensitiveWords: ['one'], modelLimits: [{ group: '', total: 0, success: 1_000 }, { group: 'vip', total: 5, success: 3 }], modelLimitMinutes: 1, stopOnSensitive: false, fetch: { ports: ['80', '443', '8080', '8443'] } },
    models: {
      verbatim: [], responses: { allChannels: false, channels: [], types: [1], models: ['^gpt-5'] }, violationFee: 0, atOnce: ['z-image', 'qwen-image', 'wan2.6'], toolPrices: [{ name: 'file_search', price: 500_000 }],
      claude: { limits: [{ name: 'default', count: 8_192 }, { name: 'claude-x', count: 4_000 }], headers: [{ model: 'claude-x', name: 'anthropic-beta', values: ['a', 'b'] }], thinking: true, thinkingShare: 800_000 },
      gemini: { safety: [{ name: 'default', text: 'OFF' }], versions: [{ name: 'default', text: 'v1beta' }, { name: 'gemini-1.0-pro', text: 'v1' }], thinking: true, thinkingShare: 600_000, callSignatures: true, withoutCallIds: true },
    },
    legacyErrors: false, freeNeedsBalance: true, pingSeconds: 0,
  });
});
