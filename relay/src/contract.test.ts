/** Generated from the contract's table: each endpoint that answers at once, under every spelling, with its refusals, over real sockets. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Json, JsonObject } from './dialects/chat-event.ts';
import { isObject, text } from './dialects/json-member.ts';
import { type FarEnd, startFarEnd } from './pipeline/testing/far-end.ts';
import { keyOf } from './pipeline/testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from './pipeline/testing/worker.ts';
import { startVoiceEnd, type VoiceEnd } from './realtime/testing/voice-end.ts';

interface Field { name: string; type: string; required: boolean; default: Json }
interface Entry {
  id: string; method: 'GET' | 'POST' | 'DELETE'; path: string; path_aliases: string[];
  body: { content_types: string[]; fields: Field[] };
  response: { envelope: 'openai' | 'anthropic' | 'gemini' | 'binary' | 'sse' | 'ws'; shape: Json };
}

const table = JSON.parse(readFileSync(new URL('../fixtures/contract/relay-endpoints.json', import.meta.url), 'utf8')) as Entry[];
const model = 'm', key = `Bearer sk-${keyOf('a')}`;
/** What the far end answers with: the contract's sample, where it has one. */
let reply: { type: string; body: string };
let far: FarEnd, voice: VoiceEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => { response.writeHead(200, { 'content-type': reply.type }).end(reply.body); });
  voice = await startVoiceEnd();
  const channel = { baseUrl: far.url, models: [model, 'text-moderation-latest', 'dall-e-2', 'gpt-image-1'] };
  worker = await startWorker({
    tokens: [{ key: keyOf('a') }, { key: keyOf('x'), status: 'EXPIRED' }, { key: keyOf('d'), status: 'DISABLED' }],
    channels: [
      { ...channel, id: 1, priority: 2 }, { ...channel, id: 2, type: 14, models: ['claude'] }, { ...channel, id: 3, type: 24, models: ['gemini'] }, { ...channel, id: 4, type: 38, models: ['jina'] },
      { id: 5, baseUrl: voice.url, models: ['voice'] },
    ],
    prices: [...channel.models, 'claude', 'gemini', 'jina', 'voice'].map((each) => ({ model: each })),
  }, {
    figures: () => ({
      nonce: '', unlimited: false, remaining: '500000', used: '500000', quotaPerUnit: 500_000, display: 'USD', rate: '7.3', since: 0, expiresAt: null,
      days: [{ name: '2026-01-01', quota: '500000' }], models: [{ name: model, quota: '250000' }],
    }),
  });
});
afterAll(async () => { await worker.close(); await far.close(); await voice.close(); });
beforeEach(() => { far.seen.length = 0; });

const modelOf = ({ id, response: { envelope } }: Entry): string => {
  if (id === 'relay.rerank') return 'jina';
  return envelope === 'anthropic' ? 'claude' : envelope === 'gemini' || id.startsWith('topapi.gemini') ? 'gemini' : model;
};
const addressOf = (entry: Entry, path = entry.path): string =>
  path.replace('{model}', modelOf(entry)).replace('{platform}', 'openai').replace('{file_id}', 'file-1');

const valueOf = (entry: Entry, { name, type }: Field): Json => {
  if (name === 'model') return modelOf(entry);
  if (name === 'messages') return [{ role: 'user', content: 'hi' }];
  if (name === 'contents') return [{ parts: [{ text: 'hi' }] }];
  if (type.startsWith('integer')) return 16;
  return type.startsWith('array') ? ['hi'] : 'hi';
};

type Body = { type: string; bytes: string } | undefined;
const boundary = 'contract';

/** The required fields; in a form, files for those that are files. */
function bodyOf(entry: Entry, contentType: string, leftOut?: string): Body {
  const fields = entry.body.fields.filter((field) => field.required && field.name !== leftOut);
  if (contentType === 'application/json') return { type: contentType, bytes: JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, valueOf(entry, field)]))) };
  const parts = fields.map((field) => (field.type.includes('file')
    ? `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"; filename="a"\r\n\r\nbytes\r\n`
    : `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"\r\n\r\n${text(valueOf(entry, field)) ?? '16'}\r\n`));
  return { type: `${contentType}; boundary=${boundary}`, bytes: `${parts.join('')}--${boundary}--\r\n` };
}

async function call(entry: Entry, path: string, body: Body, authorization = key): Promise<{ status: number; type: string; text: string }> {
  const answer = await fetch(`${worker.url}${path}`, {
    method: entry.method, headers: { authorization, ...(body ? { 'content-type': body.type } : {}) }, ...(body ? { body: body.bytes } : {}),
  });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

/** Members that the sample has, down to the last object; of a list the first element. */
function keysOf(value: Json, path = ''): string[] {
  if (Array.isArray(value)) return value.length > 0 ? keysOf(value[0]!, `${path}[]`) : [];
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [`${path}.${name}`, ...keysOf(inner, `${path}.${name}`)]) : [];
}

const errorKeys: Record<string, string[]> = {
  anthropic: ['.type', '.error', '.error.type', '.error.message', '.request_id'],
  gemini: ['.error', '.error.code', '.error.message', '.error.status'],
  openai: ['.error', '.error.message', '.error.type', '.error.param', '.error.code'],
};
const dialectOf = ({ id, response: { envelope } }: Entry): string => (envelope === 'anthropic' || envelope === 'gemini' ? envelope : id === 'topapi.gemini.stream' ? 'gemini' : 'openai');

const http = table.filter((entry) => entry.response.envelope !== 'ws');
const spellings = http.flatMap((entry) => [entry.path, ...entry.path_aliases].flatMap((path) => {
  const types = entry.body.content_types.length > 0 ? entry.body.content_types : [undefined];
  return types.map((contentType) => ({ entry, path, contentType, name: `${entry.id}: ${entry.method} ${path}${contentType ? ` as ${contentType}` : ''}` }));
}));
const isRefusedAlways = ({ id }: Entry): boolean => id.startsWith('relay.files.');

describe('answers', () => {
  it.each(spellings)('$name', async ({ entry, path, contentType }) => {
    const { shape, envelope } = entry.response;
    reply = envelope === 'binary' ? { type: 'audio/mpeg', body: 'sound' } : { type: envelope === 'sse' ? 'text/event-stream' : 'application/json', body: envelope === 'sse' && isObject(shape) ? `${text(shape['event'])}\n\n` : JSON.stringify(shape) };
    const address = addressOf(entry, path) + (entry.id === 'topapi.gemini.stream' ? '?alt=sse' : '');
    const { status, type, text: said } = await call(entry, address, contentType ? bodyOf(entry, contentType) : undefined);
    expect([status, said.slice(0, 200)]).toEqual([isRefusedAlways(entry) ? 501 : 200, expect.anything()]);
    if (envelope === 'binary') return expect([type, said]).toEqual(['audio/mpeg', 'sound']);
    if (envelope === 'sse') return expect([type, said]).toEqual(['text/event-stream; charset=utf-8', reply.body]);
    const missing = keysOf(shape).filter((member) => !keysOf(JSON.parse(said) as Json).includes(member));
    expect(missing).toEqual([]);
  });

  it('relay.realtime: GET /v1/realtime', async () => {
    const socket = new WebSocket(`${worker.url.replace('http', 'ws')}/v1/realtime?model=voice`, ['realtime', `openai-insecure-api-key.sk-${keyOf('a')}`, 'openai-beta.realtime-v1']);
    const first = await new Promise<string>((resolve, reject) => { socket.on('message', (data: Buffer) => resolve(data.toString())); socket.on('error', reject); });
    expect([socket.protocol, (JSON.parse(first) as JsonObject)['type']]).toEqual(['realtime', 'session.created']);
    socket.close();
  });
});

describe('refuses', () => {
  it.each(table.map((entry) => ({ entry, name: entry.id })))('$name without a key, with one that nobody has, and with one that is disabled', async ({ entry }) => {
    const body = entry.body.content_types[0] ? bodyOf(entry, entry.body.content_types[0]) : undefined;
    for (const [authorization, status] of [['', 401], [`Bearer sk-${keyOf('z')}`, 401], [`Bearer sk-${keyOf('d')}`, 403]] as const) {
      const answer = await call(entry, addressOf(entry), body, authorization);
      const keys = keysOf(JSON.parse(answer.text) as Json), wanted = errorKeys[dialectOf(entry)]!;
      expect([answer.status, wanted.filter((member) => !keys.includes(member))]).toEqual([status, []]);
    }
    expect(far.seen).toHaveLength(0);
  });

  const demanding = http.filter((entry) => !isRefusedAlways(entry)).flatMap((entry) => entry.body.fields.filter((field) => field.required && field.name !== 'max_tokens')
    .flatMap((field) => entry.body.content_types.map((contentType) => ({ entry, field, contentType, name: `${entry.id} as ${contentType} without ${field.name}` }))));
  it.each(demanding)('$name', async ({ entry, field, contentType }) => {
    const { status, text: said } = await call(entry, addressOf(entry), bodyOf(entry, contentType, field.name));
    expect([status, said]).toEqual([400, expect.stringContaining(field.name)]);
    expect(far.seen).toHaveLength(0);
  });

  const withJson = http.filter((entry) => entry.body.content_types.includes('application/json'));
  it.each(withJson.map((entry) => ({ entry, name: entry.id })))('$name with a body that is not JSON', async ({ entry }) => {
    const { status, text: said } = await call(entry, addressOf(entry), { type: 'application/json', bytes: '{"model":"m",' });
    const keys = keysOf(JSON.parse(said) as Json);
    expect([status, errorKeys[dialectOf(entry)]!.filter((member) => !keys.includes(member))]).toEqual([400, []]);
  });
});

it('answers about its money for a key whose time is over', async () => {
  const answer = await fetch(`${worker.url}/v1/dashboard/billing/subscription`, { headers: { authorization: `Bearer sk-${keyOf('x')}` } });
  expect([answer.status, await answer.json()]).toMatchObject([200, { hard_limit_usd: 2, soft_limit_usd: 2, access_until: 0 }]);
  const usage = await fetch(`${worker.url}/dashboard/billing/usage?start_date=2026-01-01&end_date=2026-01-31`, { headers: { authorization: `Bearer sk-${keyOf('x')}` } });
  expect([usage.status, await usage.json()]).toEqual([200, { object: 'billing.usage', total_usage: 100, daily_costs: [{ date: '2026-01-01', cost: 1 }], models_usage: [{ model, usage: 250_000, cost: 0.5 }] }]);
  expect((await fetch(`${worker.url}/dashboard/billing/usage?start_date=yesterday`, { headers: { authorization: key } })).status).toBe(400);
});

it('covers every endpoint of the table', () => {
  expect(new Set([...spellings.map(({ entry }) => entry.id), 'relay.realtime'])).toEqual(new Set(table.map(({ id }) => id)));
});
