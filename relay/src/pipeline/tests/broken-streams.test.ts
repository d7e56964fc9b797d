import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { chatAnswer, chunkOf, done, type FarEnd, finishChunk, type Script, sendJson, sendStream, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 200, chatAnswer()));
  worker = await startWorker({ channels: [{ id: 1, baseUrl: far.url, models: ['gpt-4o'] }] }, { timeouts: { silenceMs: 500 }, limits: { keepAliveMs: 600 } });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; worker.books.entries.length = 0; });

const body = (stream: boolean): string => JSON.stringify({ model: 'gpt-4o', stream, messages: [{ role: 'user', content: 'Say hello to everybody' }] });
const ask = (stream: boolean, signal?: AbortSignal): Promise<Response> => fetch(`${worker.url}/v1/chat/completions`, {
  method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}` }, body: body(stream), ...(signal ? { signal } : {}),
});
const until = async (what: () => boolean, withinMs = 10_000): Promise<void> => {
  for (const end = Date.now() + withinMs; !what();) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what.toString()}`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
};
const settled = (): boolean => worker.books.last !== undefined && worker.books.last.outcome !== 'open';
const open = (pieces: string[]): Script => (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of pieces) response.write(piece);
};

it('a client that leaves a stream ends the upstream call, and pays for what it got', async () => {
  far.answer(open([chunkOf('Hello everybody out there')]));
  const leaving = new AbortController();
  const answer = await ask(true, leaving.signal);
  await answer.body?.getReader().read();
  leaving.abort();
  await until(() => far.seen[0]?.left === true && settled());
  const ending = worker.books.last?.ending;
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'CLIENT_GONE', source: 'ESTIMATED', status: 200 } });
  expect(ending?.tokens.input).toBeGreaterThan(0);
  expect(ending?.tokens.output).toBeGreaterThan(2);
});

it('a client that leaves a call pays nothing; the platform bears the estimate', async () => {
  far.answer(() => undefined);
  const leaving = new AbortController();
  const answer = ask(false, leaving.signal).catch(() => 'left');
  await until(() => far.seen.length === 1);
  leaving.abort();
  expect(await answer).toBe('left');
  await until(() => far.seen[0]?.left === true && settled());
  expect(worker.books.last).toMatchObject({ outcome: 'released', ending: { end: 'CLIENT_GONE', status: 499, failure: 'client_gone', source: 'NONE' } });
  expect(worker.books.last?.ending?.lostTokens?.input).toBeGreaterThan(0);
});

const cuts: { name: string; script: Script; code: string; end: string }[] = [
  { name: 'a cut between events', script: (request, response, call) => { void open([chunkOf('Hello')])(request, response, call); setTimeout(() => response.destroy(), 30); }, code: 'answer_cut', end: 'CUT' },
  { name: 'a cut inside an event', script: (request, response, call) => { void open([chunkOf('Hello'), 'data: {"id":"chatc'])(request, response, call); setTimeout(() => response.destroy(), 30); }, code: 'answer_cut', end: 'CUT' },
  { name: 'an end without the closing event', script: (_request, response) => sendStream(response, [chunkOf('Hello')]), code: 'answer_cut', end: 'CUT' },
  { name: 'silence', script: open([chunkOf('Hello')]), code: 'upstream_timeout_idle', end: 'CUT' },
];
it.each(cuts)('$name after the first event: an error event, a clean end, and the received part is charged', async ({ script, code, end }) => {
  far.answer(script);
  const answer = await ask(true);
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text.startsWith(chunkOf('Hello'))).toBe(true);
  expect(text).toMatch(new RegExp(`\\n\\ndata: \\{"error":.*"code":"${code}".*\\n\\ndata: \\[DONE\\]\\n\\n$`, 's'));
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end, failure: code, source: 'ESTIMATED', status: 200 } });
  expect(worker.books.last?.ending?.tokens.output).toBeGreaterThan(0);
});

it('an error event that tells of our key is replaced, and nothing comes after it', async () => {
  far.answer((_request, response) => sendStream(response, [chunkOf('Hello'), 'data: {"error":{"message":"Incorrect API key provided: sk-proj-12345678","code":"invalid_api_key"}}\n\n', chunkOf('more')]));
  const text = await (await ask(true)).text();
  expect(text).toMatch(/"content":"Hello"[^]*"code":"answer_cut"[^]*\[DONE\]\n\n$/);
  expect(text).not.toMatch(/sk-proj|invalid_api_key|more/);
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'UPSTREAM_ERROR' } });
});

it('an error event of the upstream ends the stream; its text is not charged', async () => {
  far.answer((_request, response) => sendStream(response, [chunkOf('Hello'), `data: {"error":{"message":"${'long words '.repeat(200)}"}}\n\n`]));
  await (await ask(true)).text();
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'UPSTREAM_ERROR', source: 'ESTIMATED' } });
  expect(worker.books.last?.ending?.tokens.output).toBeLessThan(20);
});

it('a stream without usage is estimated', async () => {
  far.answer((_request, response) => sendStream(response, [chunkOf('Hello everybody'), finishChunk, done]));
  await (await ask(true)).text();
  expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE', source: 'ESTIMATED' } });
});

it('a silent stream is kept warm between events, as its dialect allows', async () => {
  const slow = await startWorker({
    channels: [{ id: 1, baseUrl: far.url }, { id: 2, type: 24, baseUrl: far.url, models: ['gemini'] }, { id: 3, type: 14, baseUrl: far.url, models: ['claude'] }], prices: [{}, { model: 'gemini' }, { model: 'claude' }],
  }, { limits: { keepAliveMs: 200 } });
  const said = { chat: [chunkOf('Hello'), finishChunk + done], gemini: ['data: {"candidates":[]}\r\n\r\n', 'data: {"candidates":[{"finishReason":"STOP"}]}\r\n\r\n'], messages: ['event: message_start\ndata: {"type":"message_start","message":{}}\n\n', 'event: message_stop\ndata: {"type":"message_stop"}\n\n'] };
  far.answer(async (request, response, call) => {
    const [first = '', last] = request.path.includes('chat') ? said.chat : request.path.includes('gemini') ? said.gemini : said.messages;
    void open([first])(request, response, call);
    await new Promise((resolve) => { setTimeout(resolve, 1_300); });
    response.end(last);
  });
  const ask = async (path: string, asked: string): Promise<string> => (await fetch(slow.url + path, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}` }, body: asked })).text();
  const answers = await Promise.all([
    ask('/v1/chat/completions', body(true)), ask('/v1beta/models/gemini:streamGenerateContent?alt=sse', '{"contents":[]}'), ask('/v1/messages', '{"model":"claude","max_tokens":5,"stream":true,"messages":[]}'),
  ]);
  const warm = [': PING\n\n', '\r\n', 'event: ping\ndata: {"type": "ping"}\n\n'];
  for (const [index, [first = '', last = '']] of [said.chat, said.gemini, said.messages].entries()) {
    const between = answers[index]!.slice(first.length, -last.length), word = warm[index]!;
    expect([answers[index]!.startsWith(first), answers[index]!.endsWith(last), between]).toEqual([true, true, word.repeat(between.length / word.length)]);
    expect(between).not.toBe('');
  }
  await slow.close();
});

function slowReader(at: TestWorker): Promise<Socket> {
  const text = body(true);
  const socket = connect({ port: at.port, host: '127.0.0.1' });
  socket.pause();
  return new Promise((resolve) => {
    socket.on('connect', () => {
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-${keyOf('a')}\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
      resolve(socket);
    });
  });
}

/** Writes as fast as it is read, as long as the test says, and counts. */
function flood(counter: { bytes: number }, goesOn: () => boolean): Script {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.setMaxListeners(0);
    const piece = chunkOf('x'.repeat(16_000));
    while (goesOn() && !response.destroyed) {
      counter.bytes += piece.length;
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end(finishChunk + done);
  };
}

/** A worker whose upstreams may be silent for as long as a busy machine makes them, and that tells when it reads no more of one. */
async function patientWorker(stallMs: number): Promise<{ at: TestWorker; paused: () => boolean }> {
  const at = await startWorker({ channels: [{ id: 1, baseUrl: far.url, models: ['gpt-4o'] }] }, { timeouts: { silenceMs: 60_000, totalMs: 120_000 }, limits: { stallMs } });
  const { upstream } = at.relay;
  let paused = false;
  const open: typeof upstream.open = async (request, signal) => {
    const answer = await upstream.open(request, signal);
    if (answer instanceof Failure) return answer;
    const pause = answer.pause.bind(answer);
    return Object.assign(answer, { pause: () => { paused = true; pause(); } });
  };
  Object.assign(at.relay, { upstream: { open, connect: upstream.connect.bind(upstream), close: () => upstream.close() } });
  return { at, paused: () => paused };
}

// How much the system takes for sockets that nobody reads differs between machines and with their load, so neither test counts on it: the upstream
// writes until the relay reads no more of it, which is so for as long as the client does not read.
it('a client that does not read stops the upstream, and gets every byte once it reads again', async () => {
  const { at, paused } = await patientWorker(120_000), counter = { bytes: 0 };
  far.answer(flood(counter, () => !paused()));
  const socket = await slowReader(at);
  await until(paused, 30_000);
  let received = 0, tail = '';
  socket.on('data', (data: Buffer) => { received += data.length; tail = (tail + data.toString('latin1')).slice(-64); });
  socket.resume();
  await until(() => tail.endsWith('0\r\n\r\n') && at.books.last?.outcome === 'settled', 30_000);
  expect(counter.bytes).toBeGreaterThan(16_000);
  expect(received).toBeGreaterThan(counter.bytes);
  expect(at.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE' } });
  socket.destroy();
  await at.close();
});

it('a client that never reads is dropped, and what was sent to it is charged', async () => {
  const { at } = await patientWorker(1_200);
  far.answer(flood({ bytes: 0 }, () => true));
  const socket = await slowReader(at);
  await until(() => at.books.last !== undefined && at.books.last.outcome !== 'open', 30_000);
  expect(at.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'CLIENT_GONE', source: 'ESTIMATED' } });
  await until(() => far.seen[0]?.left === true);
  socket.destroy();
  await at.close();
});
