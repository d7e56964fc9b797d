import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { openLog } from './log.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

it.each([
  { name: 'through the ORM', constraint: 'user_account_username_unique', fail: async () => { await app.user({ username: 'CANARY' }); await app.user({ username: 'CANARY' }); } },
  { name: 'in plain SQL', constraint: 'user_account_status_check', fail: () => app.base.orm.em.fork().execute(`insert into user_account (username, password_hash, created_at, status) values ('y', 'CANARY', now(), 'ODD')`) },
])('no value of a refused row reaches the log, $name', async ({ constraint, fail }) => {
  let written = '';
  const log = openLog('info', { write: (line) => { written += line; } });
  const error = await fail().then(() => undefined, (reason: unknown) => reason);
  log.error({ err: error }, 'a field failed');
  expect(written).toContain(constraint);
  expect(written).not.toContain('CANARY');
});
