import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import type { OverrideRehearsalResult } from '../../relay-link/wire/rehearsal.ts';
import { OverrideTestResolver, type ParamOverrideTestInput } from './override-test.resolver.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

/** The relay is the far end: what it was asked, and what it answers. */
async function tryOut(over: Partial<ParamOverrideTestInput>, answer?: Omit<OverrideRehearsalResult, 'nonce'>) {
  const asked: object[] = [];
  const resolver = new OverrideTestResolver({ rehearse: async (given) => { asked.push(given); return answer && { nonce: 'n', ...answer }; } });
  const { userErrors, ...payload } = await resolver.paramOverrideTest(await app.context(await app.user({ role: 10 })), { request: '{"model":"m","n":1}', headers: [], path: '/v1/x', ...over });
  return { asked, payload: { ...payload }, errors: userErrors.map(({ code, path }) => [code, path?.join('.')]) };
}

it('a relay is asked with the name that the channel has, and its answer is given', async () => {
  const { asked, payload } = await tryOut({ modelMapping: '{"m":"a","a":"b"}', headers: [{ name: 'X-A', value: '1' }], paramOverride: '{"n":2}' }, { ok: true, body: '{"n":2}', headers: ['x-b', '2'] });
  expect(asked).toEqual([{ model: 'm', upstreamModel: 'b', body: '{"model":"b","n":1}', path: '/v1/x', headers: ['X-A', '1'], paramOverride: '{"n":2}', headerOverride: null }]);
  expect(payload).toEqual({ request: '{"n":2}', headers: [{ name: 'x-b', value: '2' }], refusalStatus: null, refusalText: null });
});

it('a refusal of the overrides is an answer', async () => {
  expect((await tryOut({}, { ok: false, status: 418, detail: 'no', body: '', headers: [] })).payload).toEqual({ request: null, headers: [], refusalStatus: 418, refusalText: 'no' });
});

it.each([
  [{ request: '[]' }, 'INVALID', 'input.request'],
  [{ modelMapping: '{"a":"b","b":"a"}' }, 'INVALID', 'input.modelMapping'],
  [{ paramOverride: '{"operations":[{"mode":"explode"}]}' }, 'INVALID', 'input.paramOverride'],
  [{ headerOverride: '{"bad name":"x"}' }, 'INVALID', 'input.headerOverride'],
])('%o is refused before a relay is asked', async (over, code, path) => expect(await tryOut(over)).toMatchObject({ asked: [], errors: [[code, path]] }));

it('says when no relay answers', async () => {
  const { data } = await app.query('mutation { paramOverrideTest(input: { request: "{}" }) { request userErrors { code } } }', {}, await app.user({ role: 10 }));
  expect(data!.paramOverrideTest).toEqual({ request: null, userErrors: [{ code: 'UPSTREAM_FAILED' }] });
});
