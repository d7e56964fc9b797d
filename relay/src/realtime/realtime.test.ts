import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { Failure } from '../failure/failure.ts';
import type { PictureData } from '../pipeline/testing/fixed-snapshot.ts';
import { keyOf } from '../pipeline/testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../pipeline/testing/worker.ts';
import { httpProxy, socksProxy } from '../upstream/testing/proxies.ts';
import { finish, say, startVoiceEnd, usage, type VoiceEnd } from './testing/voice-end.ts';

let far: VoiceEnd, worker: TestWorker, picture: PictureData;

beforeAll(async () => {
  far = await startVoiceEnd();
  picture = {
    tokens: [{ key: keyOf('a') }, { key: keyOf('b'), models: ['other'] }],
    channels: [
      { id: 1, baseUrl: far.url, models: ['gpt-realtime', 'gpt-4o-realtime-preview', 'mapped', 'unpriced'], modelMapping: new Map([['mapped', 'gpt-realtime-mini']]), priority: 2 },
      { id: 2, baseUrl: `${far.url}/second`, models: ['gpt-realtime'], priority: 1 },
      { id: 3, type: 14, models: ['claude'] },
    ],
    prices: ['gpt-realtime', 'gpt-4o-realtime-preview', 'mapped', 'claude', 'other'].map((model) => ({ model })),
    settings: { retryTimes: 1 },
  };
  worker = await startWorker(picture);
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.reset(); worker.books.entries.length = 0; worker.books.refusal = undefined; worker.show(picture); });

interface Client { socket: WebSocket; texts: string[]; closed: Promise<{ code: number; reason: string }>; send(event: object): void; types(): string[] }

async function open(model = 'gpt-realtime', options: { headers?: Record<string, string>; protocols?: string[] } = { headers: { authorization: `Bearer sk-${keyOf('a')}` } }): Promise<Client> {
  const socket = new WebSocket(`${worker.url.replace('http', 'ws')}/v1/realtime?model=${model}`, options.protocols ?? [], { headers: options.headers ?? {}, perMessageDeflate: false });
  const texts: string[] = [];
  socket.on('message', (data: Buffer) => texts.push(data.toString()));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => { socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })); });
  await new Promise<void>((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); });
  return { socket, texts, closed, send: (event) => socket.send(JSON.stringify(event)), types: () => texts.map((text) => (JSON.parse(text) as { type: string }).type) };
}

const endOf = async (client: Client): Promise<void> => { client.socket.close(); await client.closed; };

it('passes frames in both directions as they are, and charges each answer by its report', async () => {
  const client = await open();
  const odd = '{"type": "conversation.item.create",  "item":{"n":1.0,"big":12345678901234567890}}';
  client.socket.send(odd);
  client.send({ type: 'response.create' });
  await eventually(() => expect(client.types()).toEqual(['session.created', 'response.created', 'response.audio.delta', 'response.done']));
  client.send({ type: 'response.create' });
  await eventually(() => expect(client.types()).toHaveLength(7));
  expect(far.heard).toEqual([odd, '{"type":"response.create"}', '{"type":"response.create"}']);
  expect(far.seen).toMatchObject([{ path: '/v1/realtime?model=gpt-realtime', headers: { authorization: 'Bearer secret-of-1' } }]);
  expect(far.seen[0]?.headers).not.toHaveProperty('openai-beta');
  await endOf(client);
  await eventually(() => expect(worker.books.entries.map(({ outcome }) => outcome)).toEqual(['settled', 'settled', 'released']));
  const tokens = { input: 20, cacheRead: 4, inputAudio: 12, output: 10, outputAudio: 8 };
  expect(worker.books.entries).toMatchObject([{ ending: { source: 'UPSTREAM', end: 'COMPLETE', tokens } }, { ending: { tokens } }, { ending: { end: 'CLIENT_GONE' } }]);
  expect(new Set(worker.books.entries.map(({ chargeId }) => chargeId)).size).toBe(3);
});

it.each([
  { name: 'realtime where it is offered', protocols: ['realtime', `openai-insecure-api-key.sk-${keyOf('a')}`, 'openai-beta.realtime-v1'], chosen: 'realtime' },
  { name: 'the version where that is all', protocols: [`openai-insecure-api-key.sk-${keyOf('a')}`, 'openai-beta.realtime-v1'], chosen: 'openai-beta.realtime-v1' },
])('takes a key from the subprotocols and answers with $name', async ({ protocols, chosen }) => {
  const client = await open('gpt-4o-realtime-preview', { protocols });
  expect(client.socket.protocol).toBe(chosen);
  expect(far.seen[0]?.headers['openai-beta']).toBe('realtime=v1');
  expect(JSON.stringify(far.seen[0]?.headers)).not.toContain(keyOf('a'));
  await endOf(client);
});

it('keeps a session with its model, under the name that the channel has for it', async () => {
  const client = await open('mapped');
  client.send({ type: 'session.update', session: { model: 'gpt-realtime-dear', voice: 'alloy' } });
  client.send({ type: 'session.update', session: { voice: 'echo' } });
  await eventually(() => expect(far.heard.map((text) => JSON.parse(text) as object)).toEqual([
    { type: 'session.update', session: { model: 'gpt-realtime-mini', voice: 'alloy' } }, { type: 'session.update', session: { voice: 'echo' } },
  ]));
  expect(far.seen[0]?.path).toBe('/v1/realtime?model=gpt-realtime-mini');
  await endOf(client);
});

const refusalOf = (path: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }> => new Promise((resolve, reject) => {
  const socket = new WebSocket(`${worker.url.replace('http', 'ws')}${path}`, { headers });
  socket.on('open', () => reject(new Error('it opened')));
  socket.on('error', () => undefined);
  socket.on('unexpected-response', (_request, response) => {
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => pieces.push(piece));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(pieces).toString()) }));
  });
});

it.each([
  { name: 'no key', path: '/v1/realtime?model=gpt-realtime', letter: undefined, status: 401, error: { code: 'invalid_api_key' } },
  { name: 'no model', path: '/v1/realtime', letter: 'a', status: 400, error: { param: 'model' } },
  { name: 'a model that the token may not use', path: '/v1/realtime?model=gpt-realtime', letter: 'b', status: 403, error: { code: 'access_denied' } },
  { name: 'a model that nobody serves', path: '/v1/realtime?model=nothing', letter: 'a', status: 503, error: { code: 'model_not_found' } },
  { name: 'a provider without realtime', path: '/v1/realtime?model=claude', letter: 'a', status: 400, error: { code: 'convert_request_failed' } },
  { name: 'a model without a price', path: '/v1/realtime?model=unpriced', letter: 'a', status: 400, error: { code: 'model_price_error' } },
])('refuses $name before the upgrade, and calls nobody', async ({ path, letter, status, error }) => {
  expect(await refusalOf(path, letter ? { authorization: `Bearer sk-${keyOf(letter)}` } : {})).toMatchObject({ status, body: { error } });
  expect(far.seen).toHaveLength(0);
});

it('refuses an empty wallet before the upgrade', async () => {
  worker.books.refusal = new Failure('insufficient_user_quota');
  expect(await refusalOf('/v1/realtime?model=gpt-realtime', { authorization: `Bearer sk-${keyOf('a')}` })).toMatchObject({ status: 403, body: { error: { code: 'insufficient_user_quota' } } });
  expect(far.seen).toHaveLength(0);
});

it('sends the query along that its client has beside the model', async () => {
  const client = await open('gpt-realtime&intent=transcription');
  expect(far.seen[0]?.path).toBe('/v1/realtime?model=gpt-realtime&intent=transcription');
  await endOf(client);
});

it('is no address for other requests', async () => {
  const answer = await fetch(`${worker.url}/v1/realtime?model=gpt-realtime`, { headers: { authorization: `Bearer sk-${keyOf('a')}` } });
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid_request' } }]);
});

it('tries another channel while nothing was said, and tells what the last one said', async () => {
  far.refuse(500);
  expect(await refusalOf('/v1/realtime?model=gpt-realtime', { authorization: `Bearer sk-${keyOf('a')}` })).toMatchObject({ status: 502, body: { error: { code: 'bad_response_status_code' } } });
  expect(far.seen.map(({ path }) => path)).toEqual(['/v1/realtime?model=gpt-realtime', '/second/v1/realtime?model=gpt-realtime']);
  expect(worker.books.last).toMatchObject({ outcome: 'released', ending: { attempts: [{ status: 500 }, { status: 500 }] } });
});

it('says so and closes when the next turn cannot be paid', async () => {
  const client = await open();
  worker.books.refusal = new Failure('insufficient_user_quota');
  client.send({ type: 'response.create' });
  expect(await client.closed).toEqual({ code: 1008, reason: 'insufficient_user_quota' });
  expect(client.types()).toEqual(['session.created', 'response.created', 'response.audio.delta', 'response.done', 'error']);
  expect(JSON.parse(client.texts.at(-1)!)).toMatchObject({ type: 'error', event_id: expect.stringMatching(/^evt_/) as string, error: { code: 'insufficient_user_quota', type: 'new_api_error' } });
  expect(worker.books.entries).toMatchObject([{ outcome: 'settled' }]);
  await eventually(() => expect(far.closed).toContainEqual({ code: 1008, reason: 'insufficient_user_quota' }));
});

it('ends a session whose key was taken away', async () => {
  const client = await open();
  worker.show({ ...picture, tokens: [{ key: keyOf('a'), status: 'DISABLED' }] });
  worker.relay.deliveries.checkpoint();
  expect(await client.closed).toMatchObject({ code: 1008, reason: 'access_denied' });
});

it('charges what was counted when the client leaves in the middle of an answer', async () => {
  far.onMessage((socket, event) => {
    if (event.type !== 'response.create') return;
    say(socket, { type: 'response.created', response: {} });
    say(socket, { type: 'response.output_audio.delta', delta: 'A'.repeat(64_000) });
  });
  const client = await open();
  client.send({ type: 'input_audio_buffer.append', audio: 'A'.repeat(128_000) });
  client.send({ type: 'response.create' });
  await eventually(() => expect(client.texts).toHaveLength(3));
  client.socket.terminate();
  await eventually(() => expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { source: 'ESTIMATED', end: 'CLIENT_GONE', tokens: { inputAudio: 21, outputAudio: 21 } } }));
  await eventually(() => expect(far.sockets[0]?.readyState).toBe(WebSocket.CLOSED));
});

it('mirrors the close of the provider, and says when it breaks off', async () => {
  const one = await open(), other = await open();
  await eventually(() => expect(far.sockets).toHaveLength(2));
  far.sockets[0]!.close(4_001, 'expired');
  far.sockets[1]!.terminate();
  expect(await one.closed).toEqual({ code: 4001, reason: 'expired' });
  expect((await other.closed).code).toBe(1011);
  expect(other.types().at(-1)).toBe('error');
});

it('counts transcripts of the user with the turn in which they come', async () => {
  far.onMessage((socket, event) => {
    if (event.type !== 'response.create') return;
    say(socket, { type: 'conversation.item.input_audio_transcription.completed', transcript: 'hi', usage: { type: 'duration', seconds: 60 } });
    finish(socket, { usage: { input_tokens: 1, output_tokens: 2 } });
  });
  const client = await open();
  client.send({ type: 'response.create' });
  await eventually(() => expect(worker.books.entries[0]).toMatchObject({ outcome: 'settled', ending: { tokens: { input: 1_001, output: 2 } } }));
  await endOf(client);
});

it('ends at once for a relay that goes, unless an answer is under way', async () => {
  far.onMessage((socket, event) => { if (event.type === 'response.create') say(socket, { type: 'response.created', response: {} }); });
  const idle = await open(), busy = await open();
  busy.send({ type: 'response.create' });
  await eventually(() => expect(busy.types()).toContain('response.created'));
  worker.relay.deliveries.drain();
  expect(await idle.closed).toMatchObject({ code: 1001, reason: 'draining' });
  say(far.sockets[1]!, { type: 'response.done', response: { usage } });
  expect(await busy.closed).toMatchObject({ code: 1001, reason: 'draining' });
  expect(worker.books.entries.map(({ outcome }) => outcome).toSorted()).toEqual(['released', 'settled']);
});

it('closes on a client that sends too many messages, or one that is too large', async () => {
  const client = await open(), other = await open();
  for (let count = 0; count < 400; count++) client.send({ type: 'input_audio_buffer.append', audio: '' });
  expect((await client.closed).code).toBe(1008);
  other.socket.send('x'.repeat((16 << 20) + 10));
  expect([1006, 1009]).toContain((await other.closed).code);
  expect(worker.bugs).toEqual([]);
});

it('makes the provider wait for a client that does not read', async () => {
  const frames = 400;
  far.onMessage((socket, event) => {
    if (event.type !== 'response.create') return;
    for (let count = 0; count < frames; count++) say(socket, { type: 'response.audio.delta', delta: 'A'.repeat(50_000), count });
  });
  const client = await open();
  client.socket.pause();
  client.send({ type: 'response.create' });
  await eventually(() => expect(far.sockets[0]!.bufferedAmount).toBeGreaterThan(1 << 20));
  client.socket.resume();
  await eventually(() => expect(client.texts).toHaveLength(frames + 1));
  expect(client.texts.slice(1).map((text) => (JSON.parse(text) as { count: number }).count)).toEqual(Array.from({ length: frames }, (_, at) => at));
  await endOf(client);
});

describe('a provider that does not read', () => {
  const frame = JSON.stringify({ type: 'input_audio_buffer.append', audio: 'A'.repeat(200_000) }), frames = 110;
  const sendAll = (client: Client): void => { for (let count = 0; count < frames; count++) client.socket.send(frame); };

  it('makes its client wait, and loses nothing', async () => {
    const client = await open();
    await eventually(() => expect(far.sockets).toHaveLength(1));
    far.sockets[0]!.pause();
    sendAll(client);
    client.send({ type: 'response.create' });
    // Some of it was read, and more than may wait.
    await eventually(() => expect(client.socket.bufferedAmount).toBeLessThan((frames - 10) * frame.length));
    far.sockets[0]!.resume();
    await eventually(() => expect(client.types()).toContain('response.done'));
    expect([far.heard.length, new Set(far.heard.slice(0, -1))]).toEqual([frames + 1, new Set([frame])]);
    // What a paused connection leaves behind would be noticed here.
    client.send({ type: 'response.create' });
    await eventually(() => expect(client.types().filter((type) => type === 'response.done')).toHaveLength(2));
    await endOf(client);
  });

  it('is left after its silence, before the memory of the worker holds what was sent to it, and costs nothing', async () => {
    worker.show({ ...picture, channels: [{ id: 1, baseUrl: far.url, models: ['gpt-realtime'], rules: { setting: JSON.stringify({ timeouts: { silence: 1 } }) } }] });
    const client = await open();
    let unread = 0;
    client.socket.on('message', (data: Buffer) => { if (data.includes('"error"')) unread = client.socket.bufferedAmount; });
    await eventually(() => expect(far.sockets).toHaveLength(1));
    far.sockets[0]!.pause();
    sendAll(client);
    await eventually(() => expect(client.types()).toContain('error'));
    expect(await client.closed).toEqual({ code: 1011, reason: 'upstream_timeout_idle' });
    expect(JSON.parse(client.texts.at(-1)!)).toMatchObject({ error: { code: 'upstream_timeout_idle', message: expect.stringContaining('does not keep up') as string } });
    // Of 22 MB: what the system holds for both sockets, one turn of reading, and a quarter of a megabyte.
    expect(unread).toBeGreaterThan(8 << 20);
    expect(worker.books.last).toMatchObject({ outcome: 'released' });
  });
});

it.each([
  { name: 'does not begin to answer', setting: { first_byte: 0.05 }, first: [], code: 'upstream_timeout_first_byte', outcome: 'released' },
  { name: 'falls silent in an answer', setting: { silence: 0.05 }, first: [{ type: 'response.created', response: {} }], code: 'upstream_timeout_idle', outcome: 'settled' },
  { name: 'does not end its answer', setting: { total: 0.05 }, first: [{ type: 'response.created', response: {} }], code: 'upstream_timeout_idle', outcome: 'settled' },
])('leaves a provider that $name within the limits of its channel', async ({ setting, first, code, outcome }) => {
  worker.show({ ...picture, channels: [{ id: 1, baseUrl: far.url, models: ['gpt-realtime'], rules: { setting: JSON.stringify({ timeouts: setting }) } }] });
  far.onMessage((socket, event) => { if (event.type === 'response.create') for (const each of first) say(socket, each); });
  const client = await open();
  client.send({ type: 'response.create' });
  await eventually(() => expect(client.types()).toContain('error'));
  expect(await client.closed).toEqual({ code: 1011, reason: code });
  expect(worker.books.last).toMatchObject({ outcome });
});

it('counts each turn of a session as a request of its user', async () => {
  const { guards } = worker.relay.snapshots.current()!.settings;
  worker.show({ ...picture, users: [{ id: 2 }], tokens: [{ key: keyOf('a'), userId: 2 }], settings: { guards: { ...guards, modelLimits: [{ group: 'default', total: 2, success: 0 }], modelLimitMinutes: 60 } } });
  const client = await open();
  for (let turn = 1; turn <= 3; turn++) {
    client.send({ type: 'response.create' });
    await eventually(() => expect(client.types().filter((type) => type === 'response.created')).toHaveLength(turn));
    if (turn < 3) await eventually(() => expect(client.types().filter((type) => type === 'response.done')).toHaveLength(turn));
  }
  expect(await client.closed).toEqual({ code: 1008, reason: 'rate_limit_exceeded' });
});

it('does not pass on a frame with words that are not allowed, says so, and goes on', async () => {
  const { guards } = worker.relay.snapshots.current()!.settings;
  worker.show({ ...picture, settings: { guards: { ...guards, sensitiveWords: ['Forbidden'] } } });
  const client = await open(), fine = '{"type":"session.update","session":{"voice":"echo"}}';
  client.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'say FORBIDDEN' }] } });
  client.socket.send(fine);
  await eventually(() => expect(far.heard).toEqual([fine]));
  await eventually(() => expect(client.types()).toEqual(['session.created', 'error']));
  expect(JSON.parse(client.texts[1]!)).toMatchObject({ error: { code: 'sensitive_words_detected' } });
  await endOf(client);
});

it('counts a session as a request of its user; one that never stood does not count as answered', async () => {
  const { guards } = worker.relay.snapshots.current()!.settings, authorization = `Bearer sk-${keyOf('a')}`;
  worker.show({ ...picture, settings: { retryTimes: 0, guards: { ...guards, modelLimits: [{ group: 'default', total: 0, success: 1 }], modelLimitMinutes: 60 } } });
  far.refuse(500);
  expect(await refusalOf('/v1/realtime?model=gpt-realtime', { authorization })).toMatchObject({ status: 502 });
  far.reset();
  await endOf(await open());
  expect(await refusalOf('/v1/realtime?model=gpt-realtime', { authorization })).toMatchObject({ status: 429, body: { error: { code: 'rate_limit_exceeded' } } });
  expect(far.seen).toHaveLength(1);
});

it.each([{ kind: 'http', start: httpProxy }, { kind: 'socks5', start: socksProxy }])('goes over the $kind proxy of its channel, and nowhere when that refuses', async ({ kind, start }) => {
  const proxy = await start('u:p'), { port } = new URL(far.url);
  const over = (login: string): void => worker.show({ ...picture, channels: [{ id: 1, baseUrl: `http://voice.test:${port}`, models: ['gpt-realtime'], proxy: `${kind}://${login}@127.0.0.1:${proxy.port}` }] });
  over('u:p');
  const client = await open();
  client.send({ type: 'response.create' });
  await eventually(() => expect(client.types()).toContain('response.done'));
  expect(proxy.asked).toEqual([`voice.test:${port}`]);
  await endOf(client);
  over('u:wrong');
  expect(await refusalOf('/v1/realtime?model=gpt-realtime', { authorization: `Bearer sk-${keyOf('a')}` })).toMatchObject({ status: 502 });
  expect(far.seen).toHaveLength(1);
  proxy.close();
});
