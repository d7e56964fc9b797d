import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { traceIdOf, traceparentOf } from './trace.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736', parent = `00-${trace}-00f067aa0ba902b7-01`;

it.each([
  { name: 'goes on', given: parent, kept: true },
  { name: 'goes on in a later version of the form', given: `01-${trace}-00f067aa0ba902b7-01-more`, kept: true },
  { name: 'begins where there was none', given: undefined, kept: false },
  { name: 'begins where the id is all zeros', given: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, kept: false },
  { name: 'begins where the form is another', given: `${parent}x`, kept: false },
])('a trace $name', ({ given, kept }) => {
  const written = traceparentOf(new Map(given === undefined ? [] : [['traceparent', given]]));
  expect(written).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-0[01]$/);
  expect(traceIdOf(new Map([['traceparent', written]])) === trace).toBe(kept);
  expect(written).not.toContain('00f067aa0ba902b7');
});

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

it('stands in every answer and error, beside the id of the request', async () => {
  for (const query of ['{ site { version } }', '{ users { nodes { id } } }', '{ nothing }', '{']) {
    const answer = await app.request({ body: { query }, headers: { traceparent: parent, 'x-request-id': 'r-1' } }), headers = new Map(answer.headers), body = JSON.parse(String(answer.body)) as Data;
    expect(headers.get('traceparent')).toContain(trace);
    if (body.data) expect(body.extensions).toMatchObject({ requestId: 'r-1', traceId: trace });
    for (const error of (body.errors ?? []) as Data[]) expect(error.extensions).toMatchObject({ requestId: 'r-1', traceId: trace });
  }
});
