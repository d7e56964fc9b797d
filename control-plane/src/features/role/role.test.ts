import { afterAll, beforeAll, expect, it } from 'vitest';
import { Permission, permissionsOf } from '../../kernel/permission.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

it('the rights of each role are those that its holders have', async () => {
  const { data } = await app.query('{ roles { name legacyRole permissions } }', {}, await app.user({ role: 10 }));
  expect(data!.roles).toEqual([['USER', 1], ['ADMIN', 10], ['ROOT', 100]].map(([name, legacyRole]) => ({ name, legacyRole, permissions: permissionsOf(legacyRole as number) })));
});

it('every right is described, with the lowest role that holds it', async () => {
  const { data } = await app.query('{ permissions { permission description legacyRole } }');
  const told = data!.permissions as { permission: string; description: string; legacyRole: number }[];
  expect(told.map(({ permission }) => permission)).toEqual(Object.values(Permission));
  expect(new Set(told.map(({ description }) => description)).size).toBe(told.length);
  const lowest = Object.fromEntries(told.map(({ permission, legacyRole }) => [permission, legacyRole]));
  expect([lowest.USER_READ, lowest.OPTION_WRITE]).toEqual([10, 100]);
});
