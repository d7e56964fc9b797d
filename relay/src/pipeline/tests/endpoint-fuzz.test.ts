/** Whatever bytes come, from clients or from upstreams: no fault of our own, no reservation left open, the process alive. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { type FarEnd, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let far: FarEnd, worker: TestWorker;
let reply: { type: string; bytes: Buffer; cut: boolean } = { type: 'application/json', bytes: Buffer.from('{}'), cut: false };

beforeAll(async () => {
  far = await startFarEnd((_request, response) => {
    response.writeHead(200, { 'content-type': reply.type, ...(reply.cut ? { 'content-length': String(reply.bytes.length + 10) } : {}) });
    response.write(reply.bytes, () => { if (reply.cut) response.destroy(); else response.end(); });
  });
  worker = await startWorker({ channels: [{ id: 1, baseUrl: far.url, models: ['m'] }], settings: { selfUse: true } }, { timeouts: { firstByteMs: 500, silenceMs: 500 } });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { worker.books.entries.length = 0; });

const paths = [
  '/v1/embeddings', '/v1/engines/m/embeddings', '/v1/completions', '/v1/moderations', '/v1/rerank', '/v1/images/generations', '/v1/images/edits', '/v1/images/variations',
  '/v1/audio/speech', '/v1/audio/transcriptions', '/v1/audio/translations', '/v1/responses/compact', '/v1/messages/count_tokens', '/v1beta/models/m:embedContent',
  '/v1beta/models/m:batchEmbedContents', '/v1beta/models/m:countTokens', '/v1beta/models/m:predict', '/openai/v1/chat/completions', '/openai/v1/images/edits',
];
const path = fc.constantFrom(...paths);
const authorization = `Bearer sk-${keyOf('a')}`;
const send = (at: string, type: string, body: Buffer): Promise<Response> => fetch(`${worker.url}${at}`, { method: 'POST', headers: { authorization, 'content-type': type }, body: new Uint8Array(body) });
/** Our own trouble is 503; 502 and 504 blame the upstream, 501 says what is not built. */
const isOurs = (status: number): boolean => status === 500 || status > 504;

const good = { model: 'm', input: 'a', prompt: 'a', voice: 'v', query: 'q', documents: ['d'], image: 'i', messages: [], content: { parts: [{ text: 'a' }] }, requests: [{ content: { parts: [] } }], contents: [] };
const form = ['model=m', 'prompt=a', 'n=2'].map((pair) => { const [name, value] = pair.split('='); return `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`; }).join('')
  + '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nRIFF\r\n--b\r\nContent-Disposition: form-data; name="image"; filename="f"\r\n\r\nPNG\r\n--b--\r\n';

const damage = (whole: Buffer) => fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 6 }), fc.boolean()).map(([at, bytes, cut]) =>
  Buffer.concat([whole.subarray(0, at), bytes, cut ? Buffer.alloc(0) : whole.subarray(at + 1)]));

async function settled(): Promise<void> {
  await eventually(() => expect(worker.books.entries.filter(({ outcome }) => outcome === 'open')).toEqual([]));
  expect([(await fetch(`${worker.url}/livez`)).ok, worker.bugs]).toEqual([true, []]);
}

it('no member of any shape', async () => {
  reply = { type: 'application/json', bytes: Buffer.from('{"data":[],"results":[],"choices":[],"output":[],"text":"","input_tokens":1,"totalTokens":1}'), cut: false };
  const member = fc.constantFrom(...Object.keys(good), 'n', 'size', 'quality', 'stream', 'stream_options', 'max_tokens', '__proto__', 'async', 'response_format', 'dimensions');
  await fc.assert(fc.asyncProperty(path, member, fc.jsonValue(), async (at, name, value) => {
    const answer = await send(at, 'application/json', Buffer.from(JSON.stringify({ ...good, [name]: value })));
    await answer.arrayBuffer();
    return !isOurs(answer.status);
  }), { numRuns: 250 });
  await settled();
});

it('no damaged body, JSON or form, whatever it says it is', async () => {
  const json = damage(Buffer.from(JSON.stringify(good))), forms = damage(Buffer.from(form));
  const type = fc.constantFrom('application/json', 'multipart/form-data; boundary=b', 'multipart/form-data; boundary="b"', 'multipart/form-data', 'text/plain');
  await fc.assert(fc.asyncProperty(path, fc.oneof(json, forms, fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes))), type, async (at, body, says) => {
    const answer = await send(at, says, body);
    await answer.arrayBuffer();
    return !isOurs(answer.status);
  }), { numRuns: 300 });
  await settled();
});

const answers = [
  { type: 'application/json', body: '{"object":"list","data":[{"embedding":[0.1],"b64_json":"AA=="}],"results":[{"index":0}],"choices":[{"text":"a"}],"output":[],"text":"a","usage":{"prompt_tokens":3,"total_tokens":3}}' },
  { type: 'text/event-stream', body: 'event: image_edit.completed\ndata: {"type":"image_edit.completed","b64_json":"AA==","usage":{"input_tokens":1,"output_tokens":2}}\n\ndata: {"choices":[{"text":"a","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n' },
  { type: 'audio/mpeg', body: 'sound and sound' },
] as const;

it.each(answers)('no upstream that answers $type and breaks off at any byte, or says something else', async ({ type, body }) => {
  const whole = Buffer.from(body);
  await fc.assert(fc.asyncProperty(path, fc.oneof(fc.nat(whole.length).map((at) => ({ bytes: whole.subarray(0, at), cut: true })), damage(whole).map((bytes) => ({ bytes, cut: false }))), fc.boolean(), async (at, { bytes, cut }, stream) => {
    reply = { type, bytes, cut };
    const answer = await send(at, 'application/json', Buffer.from(JSON.stringify({ ...good, stream })));
    await answer.arrayBuffer().catch(() => undefined);   // a piped answer that breaks off ends its connection
    return !isOurs(answer.status);
  }), { numRuns: 120 });
  await settled();
});
