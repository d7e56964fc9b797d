/** Every kind of call beside chat, by the official library, through whole processes: the answer, and the exact charge in the ledger. */
import { connect } from 'node:net';
import OpenAI, { toFile } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit, Books } from '../../harness/books.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { openaiClient } from '../../harness/official-clients.ts';
import { addChannel, makeToken, setOption, setUp } from '../../harness/steps.ts';
import { until } from '../../harness/until.ts';

/** In self-use mode a model without a price costs 37.5 for each token. */
const ratio = 37.5;
const models = ['embed', 'moderate', 'picture', 'voice', 'ear', 'talk'];
let house: House, books: Books, openai: OpenAI, key: string;

beforeAll(async () => {
  house = await openHouse();
  const root = await setUp(house);
  await setOption(root, 'SelfUseModeEnabled', 'true');
  await addChannel(root, { name: 'all', type: 1, baseUrl: house.mock.url, models });
  ({ key } = await makeToken(root, { name: 'laptop', unlimited: true }));
  books = new Books(house.services.databaseUrl);
  openai = openaiClient(house.relay.url, key);
  await until('the relay knows token and models', 5_000, async () => (await openai.models.list().catch(() => ({ data: [] }))).data.length === models.length);
});
afterAll(() => house?.close());

/** The charges of a model, once there are as many. */
const charges = (model: string, count = 1): Promise<number[]> => until(`${count} rows of ${model}`, 10_000, async () => {
  const rows = await books.ask<{ quota: number }>('select quota::float8 as quota from log where model = $1 and type = 2 order by seq', [model]);
  return rows.length >= count ? rows.map(({ quota }) => quota) : undefined;
});

it('embeds', async () => {
  const { data } = await openai.embeddings.create({ model: 'embed', input: 'hello', encoding_format: 'float' });
  expect(data[0]?.embedding).toEqual([0.25, -0.5]);
  expect(await charges('embed')).toEqual([8 * ratio]);
});

it('moderates', async () => {
  expect((await openai.moderations.create({ model: 'moderate', input: 'hello' })).results[0]?.flagged).toBe(false);
});

it('makes pictures', async () => {
  expect((await openai.images.generate({ model: 'picture', prompt: 'a cat' })).data?.[0]?.b64_json).toBe('AA==');
  expect(await charges('picture')).toEqual([30 * ratio]);
});

it('speaks', async () => {
  const sound = await openai.audio.speech.create({ model: 'voice', input: 'Hello there', voice: 'alloy' });
  expect([sound.headers.get('content-type'), (await sound.arrayBuffer()).byteLength]).toEqual(['audio/mpeg', 100_000]);
  expect(await charges('voice')).toEqual([Math.round(11 * ratio)]);
});

it('listens: the library puts the file before the model', async () => {
  const file = await toFile(Buffer.alloc(3_000_000, 1), 'speech.mp3');
  expect((await openai.audio.transcriptions.create({ file, model: 'ear' })).text).toBe('Echo');
  expect(house.mock.truth.entries.at(-1)).toMatchObject({ path: '/v1/audio/transcriptions', bodyBytes: expect.any(Number) as number });
  expect(await charges('ear')).toEqual([500 * ratio]);
});

it('talks, turn by turn', async () => {
  const { hostname, port } = new URL(house.relay.url);
  // The library knows TLS only; this machine has none.
  const talk = new OpenAIRealtimeWS({ model: 'talk', options: { createConnection: () => connect(Number(port), hostname) } }, openai);
  const heard: string[] = [];
  talk.on('event', ({ type }) => heard.push(type));
  await until('the session', 5_000, () => heard.includes('session.created') || undefined);
  for (let turn = 1; turn <= 2; turn++) {
    talk.send({ type: 'response.create' });
    await until('the answer', 5_000, () => heard.filter((type) => type === 'response.done').length === turn || undefined);
  }
  talk.close();
  expect(await charges('talk', 2)).toEqual([30 * ratio, 30 * ratio]);
});

it('leaves books that add up', async () => {
  const { balance, entries } = await books.account('user:1');
  expect(balance).toBe(entries);
  await until('the auditor is content', 15_000, async () => (await audit(house.environment)).code === 0 || undefined);
});
