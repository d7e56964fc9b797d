import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

it('announcements are typed, the newest first, and none while their panel is off', async () => {
  const root = await app.user({ role: 100 }), ask = async () => (await app.query('{ announcements { content publishedAt type extra } }')).data!.announcements as unknown;
  const set = (key: string, value: string) => app.query('mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { userErrors { message } } }', { input: [{ key: `console_setting.${key}`, value }] }, root);
  expect(await ask()).toEqual([]);
  await set('announcements', JSON.stringify([{ content: 'first', publishDate: '2026-01-01T00:00:00+08:00' }, { content: 'second', publishDate: '2026-02-01T00:00:00Z', type: 'warning', extra: 'more' }]));
  expect(await ask()).toEqual([
    { content: 'second', publishedAt: '2026-02-01T00:00:00.000Z', type: 'WARNING', extra: 'more' }, { content: 'first', publishedAt: '2025-12-31T16:00:00.000Z', type: 'DEFAULT', extra: '' },
  ]);
  await set('announcements_enabled', 'false');
  expect(await ask()).toEqual([]);
});
