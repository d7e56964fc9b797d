import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { optionKeys, sectionOf, specOf } from './option-registry.ts';

let app: TestApp, sql: Sql, root: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  root = await restCaller(app, { role: 100 });
});
afterAll(() => app.stop());
beforeEach(() => sql('delete from site_option'));

const put = async (key: string, value: unknown): Promise<string> => (await root.call('PUT', '/api/option/', { key, value: typeof value === 'string' ? value : JSON.stringify(value) })).body.message as string;
const status = async (): Promise<Data> => (JSON.parse(String((await app.request({ path: '/api/status' })).body)) as Data).data as Data;

describe('every setting', () => {
  it.each(optionKeys)('takes its own default: %s', (key) => {
    const { fallback, secret, read, describe: text } = specOf(key);
    if (!secret) expect(read(fallback)).toEqual({ text: fallback });
    expect([text.length > 10, sectionOf(key)]).toEqual([true, expect.stringMatching(/^[a-z-]+$/)]);
  });

  it('has the names that compatible sites have', () => {
    const names = ['TopUpLink', 'Chats', 'HeaderNavModules', 'general_setting.docs_link', 'claude.default_max_tokens', 'gemini.safety_settings', 'console_setting.faq', 'fetch_setting.allowed_ports', 'WorkerValidKey',
      'monitor_setting.auto_test_channel_minutes', 'AutomaticDisableKeywords', 'ModelRequestRateLimitGroup', 'LogConsumeEnabled', 'DataExportDefaultTime', 'ImageDownloadPermission', 'oidc.client_secret', 'StripePriceId', 'SMTPToken'];
    expect(names.filter((name) => !(optionKeys as string[]).includes(name))).toEqual([]);
  });
});

describe('panels', () => {
  const info = { url: 'https://api.example.com', route: 'main', description: 'fast', color: 'blue', id: 7 };
  const news = { content: 'hello', publishDate: '2026-11-20T12:00:00Z', type: 'success', extra: '' };

  it('are shown while they are on', async () => {
    await put('console_setting.api_info', [info]);
    await put('console_setting.announcements', [news]);
    await put('console_setting.faq_enabled', 'false');
    const shown = await status();
    expect(shown).toMatchObject({ api_info_enabled: true, api_info: [info], announcements: [news], faq_enabled: false, uptime_kuma_enabled: true });
    expect(shown).not.toHaveProperty('faq');
  });

  it.each([
    { key: 'console_setting.api_info', value: [{ ...info, url: 'javascript:alert(1)' }], says: /api_info: 0\.url/ }, { key: 'console_setting.api_info', value: Array.from({ length: 51 }, () => info), says: /api_info/ },
    { key: 'console_setting.api_info', value: [{ ...info, color: 'url(x)' }], says: /name of a color/ }, { key: 'console_setting.announcements', value: [{ ...news, content: 'x'.repeat(501) }], says: /0\.content/ },
    { key: 'console_setting.announcements', value: [{ ...news, publishDate: 'today' }], says: /publishDate/ }, { key: 'console_setting.announcements', value: [{ ...news, type: 'loud' }], says: /0\.type/ },
    { key: 'console_setting.faq', value: [{ question: 'x'.repeat(201), answer: 'y' }], says: /0\.question/ }, { key: 'console_setting.faq', value: '{"question":"?"}', says: /faq/ }, { key: 'console_setting.faq', value: 'no json', says: /faq: JSON/ },
    { key: 'console_setting.uptime_kuma_groups', value: [1, 2].map(() => ({ categoryName: 'same', url: 'https://up.example.com', slug: 'a' })), says: /categoryName is there twice/ },
    { key: 'console_setting.uptime_kuma_groups', value: [{ categoryName: 'a', url: 'https://up.example.com', slug: '../x' }], says: /0\.slug/ },
    { key: 'Chats', value: [{ a: 'b', c: 'd' }], says: /Chats: 0: one name/ }, { key: 'fetch_setting.enable_ssrf_protection', value: 'false', says: /cannot be switched off/ }, { key: 'gemini.safety_settings', value: '[]', says: /gemini\.safety_settings/ },
    { key: 'general_setting.custom_currency_exchange_rate', value: '0', says: /a number from/ },
  ])('and settings refuse what they cannot be, by name: $key', async ({ key, value, says }) => expect(await put(key, value)).toMatch(says));
});

it('shows how the site is displayed', async () => {
  for (const [key, value] of Object.entries({ TopUpLink: 'https://shop.example.com', Chats: '[{"A":"https://a/{key}"}]', DrawingEnabled: 'false', HeaderNavModules: '{"home":true}', 'general_setting.custom_currency_exchange_rate': '2.5', DefaultUseAutoGroup: 'true' })) await put(key, value);
  expect(await status()).toMatchObject({ top_up_link: 'https://shop.example.com', chats: [{ A: 'https://a/{key}' }], enable_drawing: false, enable_task: true, HeaderNavModules: '{"home":true}', SidebarModulesAdmin: '', custom_currency_exchange_rate: 2.5, default_use_auto_group: true });
  await put('HeaderNavModules', '');
  expect((await status()).HeaderNavModules).toBe('');
});

it('limits keys by its setting', async () => {
  await put('token_setting.max_user_tokens', '1');
  const create = async () => (await root.call('POST', '/api/token/', { name: 'k', unlimited_quota: true })).body.success as boolean;
  expect([await create(), await create()]).toEqual([true, false]);
});

it('lists settings by their section', async () => {
  const { data } = await app.query('{ options(section: "panels") { key section } all: options { section } }', {}, root.principal);
  expect(data!.options.map(({ key }: Data) => key)).toContain('console_setting.faq');
  expect(data!.options.every(({ section }: Data) => section === 'panels')).toBe(true);
  expect(new Set(data!.all.map(({ section }: Data) => section))).toContain('prices');
});

describe('panels of older sites', () => {
  const old = (key: string, value: unknown) => sql('insert into site_option (key, value, updated_at) values ($1, $2, now())', [key, typeof value === 'string' ? value : JSON.stringify(value)]);
  const now = async (key: string): Promise<unknown> => JSON.parse((await sql<{ value: string }>('select value from site_option where key = $1', [key]))[0]?.value ?? 'null');

  it('are moved, and what does not fit is left behind', async () => {
    await old('FAQ', [{ title: 'Why?', content: 'Because.' }, { title: '' }]);
    await old('ApiInfo', Array.from({ length: 60 }, (_, id) => ({ url: 'https://a.example.com', route: 'r', description: '', color: 'red', id })));
    await old('Announcements', 'no json');
    await old('UptimeKumaUrl', 'https://up.example.com');
    await old('UptimeKumaSlug', 'main');
    expect(await root.call('POST', '/api/option/migrate_console_setting')).toEqual({ status: 200, body: { success: true, message: 'migrated' } });
    expect(await now('console_setting.faq')).toEqual([{ question: 'Why?', answer: 'Because.' }]);
    expect((await now('console_setting.api_info')) as unknown[]).toHaveLength(50);
    expect(await now('console_setting.announcements')).toEqual([]);
    expect(await now('console_setting.uptime_kuma_groups')).toEqual([{ categoryName: 'old', url: 'https://up.example.com', slug: 'main', description: '' }]);
    expect(await sql(`select key from site_option where key in ('FAQ', 'ApiInfo', 'Announcements', 'UptimeKumaUrl', 'UptimeKumaSlug')`)).toEqual([]);
  });

  it('need nothing, and root', async () => {
    expect((await root.call('POST', '/api/option/migrate_console_setting')).body.message).toBe('migrated');
    expect((await (await restCaller(app, { role: 10 })).call('POST', '/api/option/migrate_console_setting')).status).toBe(403);
  });
});

it('asks the database a few times for the status of the site, however much there is to tell', async () => {
  expect(await app.countQueries(status)).toBeLessThanOrEqual(6);
});
