import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, type Script, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let first: FarEnd, second: FarEnd, worker: TestWorker;
const fine: Script = (request, response) => (request.body.includes('"stream":true') ? sendStream(response, [chunkOf('ok'), finishChunk, done]) : sendJson(response, 200, chatAnswer()));

beforeAll(async () => {
  first = await startFarEnd(fine);
  second = await startFarEnd(fine);
  worker = await startWorker({}, { timeouts: { firstByteMs: 400, silenceMs: 400 } });
});
afterAll(async () => { await worker.close(); await first.close(); await second.close(); });
beforeEach(() => {
  first.seen.length = second.seen.length = worker.books.entries.length = 0;
  first.answer(fine);
  second.answer(fine);
  worker.show({ users: [{ role: 10 }], settings: { retryTimes: 1 }, channels: [{ id: 1, priority: 9, baseUrl: first.url }, { id: 2, baseUrl: second.url }] });
});

const ask = (stream = false, key = `sk-${keyOf('a')}`): Promise<Response> => fetch(`${worker.url}/v1/chat/completions`, {
  method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ model: 'gpt-4o', stream, messages: [{ role: 'user', content: 'x' }] }),
});
const refuse = (status: number, error: object = { message: 'no' }, headers = {}): Script => (_request, response) => sendJson(response, status, JSON.stringify({ error }), headers);

const failing: { name: string; stream: boolean; script: Script }[] = [
  { name: 'a 500', stream: false, script: refuse(500) },
  { name: 'a 429', stream: true, script: refuse(429) },
  { name: 'a refused credential', stream: false, script: refuse(401) },
  { name: 'a connection that is reset', stream: false, script: (_request, response) => { response.destroy(); } },
  { name: 'a success without a body', stream: false, script: (_request, response) => { response.writeHead(200).end(); } },
  { name: 'an error inside a success', stream: false, script: (_request, response) => sendJson(response, 200, '{"error":{"message":"overloaded"}}') },
  { name: 'a stream that has nothing but its end', stream: true, script: (_request, response) => sendStream(response, [done]) },
  { name: 'an empty stream', stream: true, script: (_request, response) => sendStream(response, []) },
  { name: 'a stream of comments that ends', stream: true, script: (_request, response) => sendStream(response, [': one\n\n', ': two\n\n']) },
  { name: 'a stream whose first event is an error', stream: true, script: (_request, response) => sendStream(response, ['data: {"error":{"message":"overloaded"}}\n\n']) },
  { name: 'a JSON error where a stream was asked for', stream: true, script: (_request, response) => sendJson(response, 200, '{"error":{"message":"overloaded"}}') },
  { name: 'a stream that is cut before its first event', stream: true, script: (_request, response) => { response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"id"'); setTimeout(() => response.destroy(), 20); } },
];
it.each(failing)('$name: another channel answers, and is the only one that is paid', async ({ name, stream, script }) => {
  first.answer(script);
  const answer = await ask(stream);
  expect([answer.status, (await answer.text()).includes(stream ? 'ok' : 'Hello there')]).toEqual([200, true]);
  // A kept connection that is reset is replaced once by the upstream client: it may have been closed before we wrote.
  expect(first.seen.length).toBeLessThanOrEqual(name === 'a connection that is reset' ? 2 : 1);
  expect([second.seen.length, worker.books.entries.length]).toEqual([1, 1]);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { channelId: 2, status: 200, failure: null } });
  expect(worker.books.last?.ending?.attempts).toMatchObject([{ channelId: 1, failure: expect.stringMatching(/./) as string }, { channelId: 2, failure: null, status: 200 }]);
});

it.each<{ name: string; stream?: boolean; script: Script; seen: number }>([
  { name: 'a 400', script: refuse(400, { message: 'max_tokens is too large' }), seen: 400 },
  { name: 'a 504', script: refuse(504), seen: 504 },
  { name: 'a conversation that is too long, whatever the status', script: refuse(500, { message: 'no', code: 'context_length_exceeded' }), seen: 400 },
  { name: 'a success that is no answer', script: (_request, response) => sendJson(response, 200, '{"hello":1}'), seen: 502 },
  { name: 'a stream whose events are no JSON', stream: true, script: (_request, response) => sendStream(response, ['data: <html>\n\n', 'data: oops\n\n']), seen: 502 },
  { name: 'a refusal of the request inside a success', script: (_request, response) => sendJson(response, 200, '{"error":{"message":"no","type":"invalid_request_error"}}'), seen: 400 },
])('$name is final', async ({ stream, script, seen }) => {
  first.answer(script);
  expect((await ask(stream)).status).toBe(seen);
  expect([second.seen.length, worker.books.last?.outcome, worker.books.last?.ending?.source]).toEqual([0, 'released', 'NONE']);
});

it('an upstream that says nothing is final: it may have begun to work', async () => {
  first.answer(() => undefined);
  const answer = await ask();
  expect([answer.status, await answer.json()]).toMatchObject([504, { error: { code: 'upstream_timeout_first_byte' } }]);
  expect(second.seen).toHaveLength(0);
});

it.each([409, 418, 422, 451])('where both ends speak one dialect a %i goes on as it came', async (status) => {
  const words = { message: 'no', type: 'x', extra: 1 };
  for (const end of [first, second]) end.answer(refuse(status, words));
  const answer = await ask();
  expect([answer.status, await answer.json()]).toEqual([status, { error: words }]);
});

it('when all fail the client sees the last failure, without addresses, and without the words of a 5xx', async () => {
  first.answer(refuse(500));
  second.answer(refuse(500, { message: 'pool exhausted at http://10.0.0.7:9000/x for sk-live-abcdef123456', type: 'server_error' }));
  const answer = await ask();
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).not.toMatch(/10\.0\.0\.7|sk-live|pool exhausted/);
  expect(worker.books.last).toMatchObject({ outcome: 'released', ending: { status: 500, channelId: 2 } });
});

it('notes which of several keys served, by its place among all', async () => {
  worker.show({ channels: [{ id: 1, baseUrl: first.url, credentials: [{ id: 6, secret: 'x', place: 2 }] }] });
  await (await ask()).text();
  expect(worker.books.last?.ending?.attempts).toMatchObject([{ credentialId: 6, keyIndex: 2 }]);
});

it('a pinned channel is never left', async () => {
  second.answer(refuse(500));
  expect((await ask(false, `sk-${keyOf('a')}-2`)).status).toBe(500);
  expect([first.seen.length, second.seen.length]).toEqual([0, 1]);
});

it('a stream of nothing but comments has not begun to answer', async () => {
  first.answer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write(': still here\n\n'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const answer = await ask(true);
  expect([answer.status, await answer.json()]).toMatchObject([504, { error: { code: 'upstream_timeout_first_byte' } }]);
  expect(second.seen).toHaveLength(0);
});

it('comments before the first event do not hide it', async () => {
  first.answer(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': working\n\n');
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    response.end(chunkOf('ok') + finishChunk + done);
  });
  expect(await (await ask(true)).text()).toBe(chunkOf('ok') + finishChunk + done);
});

it('without retries the first failure stands', async () => {
  worker.show({ channels: [{ id: 1, priority: 9, baseUrl: first.url }, { id: 2, baseUrl: second.url }] });
  first.answer(refuse(429, { message: 'slow down' }));
  expect((await ask()).status).toBe(429);
});

it('Retry-After lets the credential rest, so the next request goes elsewhere at once', async () => {
  first.answer(refuse(429, { message: 'slow down' }, { 'retry-after': '30' }));
  await ask();
  first.seen.length = 0;
  expect((await ask()).status).toBe(200);
  expect(first.seen).toHaveLength(0);
});

it('the model is sent under its mapped name and answered under the one that was asked', async () => {
  worker.show({ channels: [{ id: 7, baseUrl: second.url, modelMapping: new Map([['gpt-4o', 'middle'], ['middle', 'gpt-4o-mini']]) }] });
  second.answer((_request, response) => sendJson(response, 200, chatAnswer().replace('"gpt-4o"', '"gpt-4o-mini"')));
  const answer = await (await ask()).json();
  expect(answer).toMatchObject({ model: 'gpt-4o' });
  expect(JSON.parse(second.seen[0]?.body ?? '')).toMatchObject({ model: 'gpt-4o-mini' });
  expect(worker.books.last?.ending).toMatchObject({ upstreamModel: 'gpt-4o-mini' });
});

it('behind auto the next group serves when the first fails, and its ratio is the one that is charged', async () => {
  const usual = worker.relay.snapshots.current()!.settings.routing;
  worker.show({
    tokens: [{ key: keyOf('a'), group: 'auto', crossGroupRetry: true }], groups: [{ name: 'default' }, { name: 'vip', ratio: 3_000_000 }],
    settings: { retryTimes: 1, routing: { ...usual, autoGroups: ['default', 'vip'] } },
    channels: [{ id: 1, baseUrl: first.url }, { id: 2, groups: ['vip'], baseUrl: second.url }],
  });
  first.answer(refuse(500));
  expect((await ask()).status).toBe(200);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', admission: { group: 'default', price: { groupRatio: 1_000_000 }, hold: 1_500 }, ending: { channelId: 2, servedBy: { name: 'vip', ratio: 3_000_000 } } });
});
