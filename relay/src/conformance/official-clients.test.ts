/**
 * Every recording through every official client, over real sockets: at a provider of the client's own dialect the client is told
 * exactly what the provider itself would tell it, and the provider is asked in the same bytes; at any other it is told the same.
 */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Recorded, recordedOf } from '../dialects/testing/recorded.ts';
import { type FarEnd, sendJson, startFarEnd } from '../pipeline/testing/far-end.ts';
import { keyOf } from '../pipeline/testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../pipeline/testing/worker.ts';
import { providers } from '../providers/index.gen.ts';
import type { Provider } from '../providers/provider.ts';
import { type Client, clients, type Place, type Told } from './testing/clients.ts';

const all = providers.flatMap((provider: Provider) => recordedOf(provider));
const recorded = all.filter((one) => one.expected.status === undefined), refusals = all.filter((one) => one.expected.status !== undefined);
const used = [...new Set(recorded.map((one) => one.provider))];
const modelOf = (provider: Provider): string => `model-of-${provider.name}`;
/** It exists in openai-responses only: every other client is converted to that. */
const responsesModel = 'gpt-5-codex', openai = used.find(({ name }) => name === 'openai')!;
const servedAs = (one: Recorded): string => (one.dialect === one.provider.speaks[0] ? modelOf(one.provider) : responsesModel);

let far: FarEnd, worker: TestWorker;

beforeAll(async () => {
  far = await startFarEnd((_request, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({
    channels: [...used.map((provider) => ({ provider, model: modelOf(provider) })), { provider: openai, model: responsesModel }]
      .map(({ provider: { type }, model }, index) => ({ id: index + 1, type, baseUrl: far.url, models: [model], credentials: [{ id: index + 1, secret: 'sk-upstream' }] })),
    prices: [...used.map((provider) => ({ model: modelOf(provider) })), { model: responsesModel }],
  });
});
afterAll(async () => { await worker.close(); await far.close(); });
beforeEach(() => { far.seen.length = 0; });

/** Pieces end in the middle of events, and of characters. */
function replay(one: Recorded): void {
  far.answer((_request, response: ServerResponse) => {
    response.writeHead(one.expected.status ?? 200, { 'content-type': one.stream ? 'text/event-stream' : 'application/json' });
    for (let at = 0; at < one.bytes.length; at += 1_021) response.write(one.bytes.subarray(at, at + 1_021));
    response.end();
  });
}

interface Outcome { told: Told | undefined; error: string | undefined }

async function outcomeOf(client: Client, place: Place, one: Recorded, model = modelOf(one.provider)): Promise<Outcome> {
  try {
    return { told: await client.ask(place, { model, stream: one.stream }), error: undefined };
  } catch (error) {
    // The request id stands in messages of our own, and in none of the provider's.
    return { told: undefined, error: error instanceof Error ? error.message.replace(/ ?\(request id: [^)]*\)/, '') : String(error) };
  }
}

const relayed = (): Place => ({ url: worker.url, key: `sk-${keyOf('a')}` });
const direct = (): Place => ({ url: far.url, key: 'sk-upstream' });

/** OpenRouter is always asked for usage (providers 4.12); every other byte goes as the client sent it. */
const wished = ({ provider, dialect }: Recorded, body = ''): string => (provider.name === 'openrouter' && dialect.name === 'openai-chat' ? body.replace('{', '{"usage":{"include":true},') : body);

/** A wire of its own, which its official client does not speak. */
const foreign = /^openai\/(responses-(lmstudio|xai)|perplexity)/;

describe.each(clients)('$name', (client) => {
  // Shapes of other dialects are told to one library of each dialect: the second one would be told the same bytes.
  const isFirst = clients.find(({ dialect }) => dialect === client.dialect) === client;
  const own = recorded.filter((one) => one.dialect.name === client.dialect);
  const others = recorded.filter(({ shape, dialect, provider: { speaks } }) => (isFirst || !shape) && dialect === speaks[0] && !speaks.some(({ name }) => name === client.dialect));
  const responses = recorded.filter(({ dialect, provider }) => isFirst && dialect.name === 'openai-responses' && provider === openai && client.dialect !== dialect.name);

  it.each(own)('is told of $name what the provider tells it', async (one) => {
    replay(one);
    const itself = await outcomeOf(client, direct(), one);
    const through = await outcomeOf(client, relayed(), one);
    // What fails at once was tried elsewhere, and is told with a status; what is mended is told better.
    if (one.shape && one.expected.failure !== undefined) expect([undefined, itself.told]).toContainEqual(through.told);
    else if (!one.mended) expect(through).toEqual(itself);
    const [asked, passed] = far.seen;
    expect(passed?.body).toBe(wished(one, asked?.body));
    // Some have it below a path of their own, which the client would be told as its address.
    expect(passed?.path.endsWith(asked?.path ?? '-')).toBe(true);
  });

  it.each(refusals.filter((one) => one.dialect.name === client.dialect))('is told of $name in the words of the provider', async (one) => {
    replay(one);
    const itself = await outcomeOf(client, direct(), one);
    expect(itself.error).toBeDefined();
    expect(await outcomeOf(client, relayed(), one)).toEqual(itself);
  });

  it.each([...others, ...responses].filter((one) => one.expected.failure === undefined && !(foreign.test(one.name) && !responses.includes(one))))('is told of $name what it says', async (one) => {
    replay(one);
    const { told, error } = await outcomeOf(client, relayed(), one, servedAs(one));
    expect(error).toBeUndefined();
    // Some libraries take a refusal for a text, as their dialect has no other word for it, or of their own accord.
    const { text, refusal = '', why = '' } = one.expected;
    expect([text, text + refusal, text + why]).toContain(told?.text);
    const calls = one.expected.calls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments || '{}') as unknown }));
    expect(told?.calls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments || '{}') as unknown }))).toEqual(calls);
  });

  it.each([...others, ...responses].filter((one) => one.expected.failure !== undefined))('is told that $name broke', async (one) => {
    replay(one);
    expect(await outcomeOf(client, relayed(), one, servedAs(one))).toMatchObject({ told: undefined, error: expect.any(String) as unknown });
  });
});
