import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../../database/sql.ts';
import type { Edge } from '../../../server/http/edge.ts';
import { restCaller, type RestCaller } from '../../../testing/rest-caller.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { usageEvent } from '../../../testing/usage-event.ts';
import { insertLogRows, insertLogs } from '../insert-logs.ts';
import { csvLine } from './csv.ts';

let app: TestApp, edge: Edge, admin: RestCaller, alice: RestCaller, tokens: Map<RestCaller, string>;
beforeAll(async () => {
  app = await startTestApp();
  edge = await app.listen();
  [admin, alice] = [await restCaller(app, { role: 10 }), await restCaller(app, { username: 'alice' })];
  tokens = new Map();
  for (const caller of [admin, alice]) {
    const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, caller.principal);
    tokens.set(caller, data!.accessTokenRotate.accessToken as string);
  }
  await app.base.orm.em.fork().transactional(async (em) => {
    const events = Array.from({ length: 4_500 }, (_, index) => usageEvent({ chargeId: `e${index}`, userId: alice.principal.userId, endedAt: Date.parse('2026-11-20T10:00:00Z') + Math.floor(index / 10) }));
    await insertLogs(sqlOf(em), [...events, usageEvent({ chargeId: 'other', userId: admin.principal.userId, model: 'claude' })], app.clock.now());
    await insertLogRows(sqlOf(em), [{ at: Date.parse('2026-11-20T09:00:00Z'), type: 3, userId: alice.principal.userId, content: '=cmd("x"), said\n"she"' }], app.clock.now());
  });
});
afterAll(() => app.stop());

const download = (query: string, caller?: RestCaller) => fetch(`http://127.0.0.1:${edge.port}/api/log/export?${query}`, { headers: caller ? { authorization: tokens.get(caller)!, 'accept-language': 'en' } : {} });

describe('the log as a file', () => {
  it('has every row once, in order, whatever the size of a batch', async () => {
    const answer = await download('type=2', alice), lines = (await answer.text()).split('\r\n');
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="log-2026-11-20.csv"']);
    expect(lines[0]).toMatch(/^\ufeff?id,created_at,type,user_id/);
    const ids = lines.slice(1, -1).map((line) => Number(line.split(',')[0]));
    expect(ids).toHaveLength(4_500);
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
  });

  it('is safe to open in a spreadsheet', async () => {
    expect(await (await download('type=3&columns=content', alice)).text()).toContain('"\'=cmd(""x""), said\n""she"""\r\n');
  });

  it('is lines of JSON, too, with the filters of the list', async () => {
    const lines = (await (await download('scope=any&format=ndjson&model_name=cl%25&columns=model_name,request_id,quota', admin)).text()).trim().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([{ model_name: 'claude', request_id: 'other', quota: 3625 }]);
  });

  it('holds own rows, and no channel, unless everyone\'s are asked for by who may', async () => {
    const own = await (await download('columns=user_id', admin)).text();
    expect(own.trim().split('\r\n').slice(1)).toEqual([String(admin.principal.userId)]);
    expect((await download('columns=channel', alice)).status).toBe(400);
    expect((await download('scope=any', alice)).status).toBe(403);
    expect((await download('')).status).toBe(401);
    expect((await download('format=xlsx', alice)).status).toBe(400);
  });

  it('is recorded', async () => {
    const { data } = await app.query('{ viewer { auditEvents(filter: { actions: ["logExport"] }) { nodes { route } totalCount { value } } } }', {}, alice.principal);
    expect(data!.viewer.auditEvents.nodes[0]).toEqual({ route: 'GET /api/log/export' });
  });
});

it.each([
  [['a', 1, null, true], 'a,1,,true\r\n'], [['x,y', 'say "hi"'], '"x,y","say ""hi"""\r\n'], [['=1+1', '+x', '@y', '-5', '-x'], '\'=1+1,\'+x,\'@y,-5,\'-x\r\n'],
])('%o is a line', (values, line) => expect(csvLine(values)).toBe(line));
