import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, root: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  root = await restCaller(app, { role: 100 });
});
afterAll(() => app.stop());

/** As nobody. */
async function visit(path: string, address = '127.0.0.1'): Promise<{ status: number; body: Data }> {
  const answer = await app.request({ method: 'GET', path, address });
  return { status: answer.status, body: JSON.parse(String(answer.body)) as Data };
}
const set = async (key: string, value: unknown) => expect((await root.call('PUT', '/api/option/', { key, value })).body.success).toBe(true);

describe('texts of the operator', () => {
  it.each([
    { path: '/api/notice', empty: '' }, { path: '/api/user-agreement', empty: '' }, { path: '/api/privacy-policy', empty: '' },
    { path: '/api/home_page_content', empty: { content: '' } }, { path: '/api/home_page_content?raw=true', empty: '' }, { path: '/api/about?raw=true', empty: '' },
    { path: '/api/about', empty: { version: expect.any(String) as string, system_name: 'Weir', footer: '', logo: '', content: '' } },
  ])('are empty at first: $path', async ({ path, empty }) => expect(await visit(path)).toEqual({ status: 200, body: { success: true, message: '', data: empty } }));

  it.each([
    { key: 'Notice', path: '/api/notice' }, { key: 'legal.user_agreement', path: '/api/user-agreement' }, { key: 'legal.privacy_policy', path: '/api/privacy-policy' },
    { key: 'About', path: '/api/about?raw=true' }, { key: 'HomePageContent', path: '/api/home_page_content?raw=true' },
  ])('are what option $key says', async ({ key, path }) => {
    const text = `# ${key}\n<b>公告</b>`;
    await set(key, text);
    expect((await visit(path)).body.data).toBe(text);
  });

  it('stand beside logo and footer, and show in the status', async () => {
    await set('Logo', 'https://logo.example/a.png');
    await set('Footer', '<i>footer</i>');
    await set('HomePageContent', 'home');
    expect((await visit('/api/about')).body.data).toMatchObject({ logo: 'https://logo.example/a.png', footer: '<i>footer</i>' });
    expect((await visit('/api/home_page_content')).body.data).toEqual({ content: 'home' });
    expect((await visit('/api/status')).body.data).toMatchObject({ logo: 'https://logo.example/a.png', footer_html: '<i>footer</i>', user_agreement_enabled: true, privacy_policy_enabled: true });
  });

  it('have a limit', async () => {
    const { body } = await root.call('PUT', '/api/option/', { key: 'Notice', value: 'x'.repeat(100_001) });
    expect([body.success, body.message]).toEqual([false, expect.stringContaining('Notice') as string]);
  });
});

describe('GET /api/ratio_config', () => {
  it('is closed until the operator opens it', async () => {
    expect(await visit('/api/ratio_config', '192.0.2.1')).toMatchObject({ status: 403, body: { success: false } });
    await set('ExposeRatioEnabled', 'true');
    await set('ModelRatio', { 'gpt-4o': 1.25 });
    await set('CompletionRatio', { 'gpt-4o': 4 });
    await set('CacheRatio', { 'gpt-4o': 0.5 });
    await set('ModelPrice', { mj_imagine: 0.1 });
    expect(await visit('/api/ratio_config', '192.0.2.1')).toEqual({ status: 200, body: { success: true, message: '',
      data: { model_ratio: { 'gpt-4o': 1.25 }, completion_ratio: { 'gpt-4o': 4 }, cache_ratio: { 'gpt-4o': 0.5 }, model_price: { mj_imagine: 0.1 } } } });
  });

  it('is limited for an address', async () => {
    for (let call = 0; call < 20; call++) await visit('/api/ratio_config', '192.0.2.2');
    expect((await visit('/api/ratio_config', '192.0.2.2')).status).toBe(429);
  });
});

it('GET /api/models names the models of each channel type, for who is signed in', async () => {
  await sqlOf(app.base.orm.em.fork())(`insert into provider (type, info, announced_at) values (14, '{"type":14,"name":"anthropic","label":"A","dialects":["anthropic-messages"],"credential":[],"suggestedModels":["claude-a","claude-b"]}', now())`);
  expect((await (await restCaller(app)).call('GET', '/api/models')).body).toEqual({ success: true, message: '', data: { 14: ['claude-a', 'claude-b'] } });
  expect((await visit('/api/models')).status).toBe(401);
});
