/** Endpoints beside chat at providers whose words are their own: what they are asked, and what clients get. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExtra } from '../../snapshot/channel-extra.ts';
import { type FarEnd, sendJson, startFarEnd } from '../testing/far-end.ts';
import { keyOf } from '../testing/fixed-snapshot.ts';
import { startWorker, type TestWorker } from '../testing/worker.ts';

let farEnd: FarEnd, worker: TestWorker;

beforeAll(async () => {
  farEnd = await startFarEnd((_, response) => sendJson(response, 500, '{}'));
  worker = await startWorker({});
});
afterAll(async () => { await worker.close(); await farEnd.close(); });

const recorded = (name: string): string => readFileSync(join(import.meta.dirname, '../../../fixtures/endpoints', name), 'utf8');
const two = ['sunny day', 'rainy day'];

interface Case { type: number; model: string; secret?: string; at: string; body: object; answer: string; sent: object; to: string; is: object; tokens?: number }

const cases: Record<string, Case> = {
  'embeddings of Cohere': {
    type: 34, model: 'embed-v4.0', at: '/v1/embeddings', body: { input: two, dimensions: 256 }, answer: recorded('cohere-embedding.json'), to: '/v2/embed',
    sent: { model: 'embed-v4.0', texts: two, input_type: 'search_document', embedding_types: ['float'], output_dimension: 256 }, is: { object: 'list', data: [{ index: 0 }, { index: 1 }], usage: { prompt_tokens: 10 } }, tokens: 10,
  },
  'embeddings of Vertex': {
    type: 41, model: 'gemini-embedding-001', secret: 'key', at: '/v1/embeddings', body: { input: two }, answer: recorded('google-vertex-embedding.json'),
    to: '/v1/publishers/google/models/gemini-embedding-001:predict?key=key', sent: { instances: [{ content: 'sunny day' }, { content: 'rainy day' }], parameters: {} }, is: { data: [{ index: 0 }, { index: 1 }], usage: { total_tokens: 11 } }, tokens: 11,
  },
  'embeddings of Gemini': {
    type: 24, model: 'gemini-embedding-001', at: '/v1/embeddings', body: { input: 'a', dimensions: 2 }, answer: '{"embeddings":[{"values":[1,2]}]}', to: '/v1beta/models/gemini-embedding-001:batchEmbedContents',
    sent: { requests: [{ model: 'models/gemini-embedding-001', content: { parts: [{ text: 'a' }] }, outputDimensionality: 2 }] }, is: { data: [{ embedding: [1, 2] }] },
  },
  'embeddings of Titan': {
    type: 33, model: 'amazon.titan-embed-text-v2:0', secret: 'key|us-east-1', at: '/v1/embeddings', body: { input: 'a', dimensions: 256 }, answer: '{"embedding":[1],"inputTextTokenCount":3}',
    to: '/model/amazon.titan-embed-text-v2%3A0/invoke', sent: { inputText: 'a', dimensions: 256, normalize: true }, is: { data: [{ embedding: [1] }], usage: { prompt_tokens: 3 } }, tokens: 3,
  },
  'embeddings of a Doubao that sees': {
    type: 45, model: 'doubao-embedding-vision-250615', at: '/v1/embeddings', body: { input: 'a' }, answer: '{"object":"list","data":{"object":"embedding","embedding":[1]},"usage":{"prompt_tokens":4,"total_tokens":4}}',
    to: '/api/v3/embeddings/multimodal', sent: { input: [{ type: 'text', text: 'a' }] }, is: { data: [{ index: 0, embedding: [1] }], usage: { prompt_tokens: 4 } }, tokens: 4,
  },
  'a ranking of Cohere': {
    type: 34, model: 'rerank-v3.5', at: '/v1/rerank', body: { query: 'q', documents: ['a', { text: 'b' }], top_n: 2, return_documents: true }, answer: recorded('cohere-reranking.1.json'), to: '/v2/rerank',
    sent: { model: 'rerank-v3.5', query: 'q', documents: ['a', 'b'], top_n: 2 }, is: { model: 'rerank-v3.5', results: [{ index: 1, relevance_score: 0.10183054, document: { text: 'b' } }, { index: 0, document: { text: 'a' } }] },
  },
  'a ranking of Bedrock': {
    type: 33, model: 'amazon.rerank-v1:0', secret: 'key|us-east-1', at: '/v1/rerank', body: { query: 'q', documents: ['a', 'b'] }, answer: recorded('amazon-bedrock-reranking.1.json'), to: '/rerank',
    sent: { queries: [{ textQuery: { text: 'q' } }], sources: [{ inlineDocumentSource: { textDocument: { text: 'a' } } }, {}] }, is: { results: [{ index: 0, relevance_score: 0.5110583305358887 }, { index: 5 }] },
  },
  'a ranking of Alibaba': {
    type: 17, model: 'gte-rerank-v2', at: '/v1/rerank', body: { query: 'q', documents: ['a', 'b'] }, answer: '{"output":{"results":[{"index":1,"relevance_score":0.1},{"index":0,"relevance_score":0.9}]},"usage":{"total_tokens":7},"request_id":"r"}',
    to: '/api/v1/services/rerank/text-rerank/text-rerank', sent: { model: 'gte-rerank-v2', input: { query: 'q', documents: ['a', 'b'] } }, is: { id: 'r', results: [{ index: 0, relevance_score: 0.9 }, { index: 1 }], usage: { total_tokens: 7 } }, tokens: 7,
  },
  'a ranking at a server behind the type of OpenAI, with what it leaves out': {
    type: 1, model: 'bge', at: '/v1/rerank', body: { query: 'q', documents: ['a'], return_documents: false }, answer: '{"results":[{"index":0,"relevance_score":0.9,"document":{"text":"a"}}],"meta":{"tokens":{"input_tokens":6}}}', to: '/v1/rerank',
    sent: { model: 'bge', query: 'q', documents: ['a'] },
    is: { id: expect.stringMatching(/^rerank-./) as string, results: [{ index: 0, relevance_score: 0.9 }], meta: {}, usage: { prompt_tokens: 6, completion_tokens: 0, total_tokens: 6 } }, tokens: 6,
  },
  'a ranking in the usual form, which passes': {
    type: 47, model: 'Salesforce/Llama-Rank-v1', at: '/v1/rerank', body: { query: 'q', documents: ['a'] }, answer: recorded('togetherai-reranking.1.json'), to: '/v1/rerank', sent: { query: 'q' }, is: { results: [{ index: 0 }, { index: 5 }] }, tokens: 2_966,
  },
  'pictures of Imagen': {
    type: 24, model: 'imagen-4.0', at: '/v1/images/generations', body: { prompt: 'p', size: '1792x1024' }, answer: '{"predictions":[{"bytesBase64Encoded":"QUE="}]}', to: '/v1beta/models/imagen-4.0:predict',
    sent: { instances: [{ prompt: 'p' }], parameters: { sampleCount: 1, aspectRatio: '16:9' } }, is: { data: [{ b64_json: 'QUE=' }] },
  },
  'predictions of Imagen': {
    type: 24, model: 'imagen-4.0', at: '/v1beta/models/imagen-4.0:predict', body: { instances: [{ prompt: 'p' }], parameters: { sampleCount: 2, aspectRatio: '16:9', personGeneration: 'dont_allow' } }, answer: '{"predictions":[{"bytesBase64Encoded":"QUE="}]}',
    to: '/v1beta/models/imagen-4.0:predict', sent: { instances: [{ prompt: 'p' }], parameters: { sampleCount: 2, aspectRatio: '16:9', personGeneration: 'dont_allow' } }, is: { predictions: [{ mimeType: 'image/png', bytesBase64Encoded: 'QUE=' }] },
  },
  'predictions of another house': {
    type: 1, model: 'dall-e-3', at: '/gemini/v1beta/models/dall-e-3:predict', body: { instances: [{ prompt: 'p' }], parameters: { aspectRatio: '9:16' } }, answer: '{"created":1,"data":[{"b64_json":"QUE="}]}',
    to: '/v1/images/generations', sent: { model: 'dall-e-3', prompt: 'p', size: '1024x1792', response_format: 'b64_json' }, is: { predictions: [{ bytesBase64Encoded: 'QUE=' }] },
  },
  'pictures of Gemini': {
    type: 24, model: 'gemini-2.5-flash-image', at: '/v1/images/generations', body: { prompt: 'p' }, answer: '{"candidates":[{"content":{"parts":[{"text":"x"},{"inlineData":{"mimeType":"image/png","data":"QUE="}}]}}]}',
    to: '/v1beta/models/gemini-2.5-flash-image:generateContent', sent: { generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } }, is: { data: [{ b64_json: 'QUE=' }] },
  },
  'pictures of MiniMax': {
    type: 35, model: 'image-01', at: '/v1/images/generations', body: { prompt: 'p', response_format: 'b64_json' }, answer: '{"data":{"image_base64":["QUE="]},"base_resp":{"status_code":0}}', to: '/v1/image_generation',
    sent: { model: 'image-01', prompt: 'p', response_format: 'base64' }, is: { data: [{ b64_json: 'QUE=' }] },
  },
  'pictures of SiliconFlow': {
    type: 40, model: 'Kwai-Kolors/Kolors', at: '/v1/images/generations', body: { prompt: 'p', size: '1024x1024', n: 1 }, answer: '{"images":[{"url":"https://x.test/a"}]}', to: '/v1/images/generations',
    sent: { image_size: '1024x1024', batch_size: 1 }, is: { data: [{ url: 'https://x.test/a' }] },
  },
  'pictures of Alibaba': {
    type: 17, model: 'qwen-image', at: '/v1/images/generations', body: { prompt: 'p', size: '1024x1024' }, answer: '{"output":{"choices":[{"message":{"content":[{"image":"https://x.test/a"}]}}]}}', to: '/api/v1/services/aigc/multimodal-generation/generation',
    sent: { input: { messages: [{ role: 'user', content: [{ text: 'p' }] }] }, parameters: { size: '1024*1024' } }, is: { data: [{ url: 'https://x.test/a' }] },
  },
  'pictures of Replicate': {
    type: 56, model: 'black-forest-labs/flux-schnell', at: '/v1/images/generations', body: { prompt: 'p', size: '1024x1024', n: 2 }, answer: '{"status":"succeeded","output":["https://x.test/a"]}', to: '/v1/models/black-forest-labs/flux-schnell/predictions',
    sent: { input: { prompt: 'p', num_outputs: 2, aspect_ratio: '1:1' } }, is: { data: [{ url: 'https://x.test/a' }] },
  },
  'embeddings as packed floats, of a provider that has none': {
    type: 24, model: 'gemini-embedding-001', at: '/v1/embeddings', body: { input: 'a', encoding_format: 'base64' }, answer: '{"embeddings":[{"values":[1,-0.5,1e-3]}]}', to: '/v1beta/models/gemini-embedding-001:batchEmbedContents',
    sent: {}, is: { data: [{ embedding: Buffer.from(Float32Array.of(1, -0.5, 1e-3).buffer).toString('base64') }] },
  },
  'embeddings of an Alibaba that sees': {
    type: 17, model: 'qwen2.5-vl-embedding', at: '/v1/embeddings', body: { input: ['a', { image: 'https://x.test/a.png' }], dimensions: 512 }, answer: '{"output":{"embeddings":[{"index":0,"embedding":[1],"type":"text"},{"index":1,"embedding":[2],"type":"image"}]},"usage":{"input_tokens":3,"image_tokens":7}}',
    to: '/api/v1/services/embeddings/multimodal-embedding/multimodal-embedding', sent: { model: 'qwen2.5-vl-embedding', input: { contents: [{ text: 'a' }, { image: 'https://x.test/a.png' }] }, parameters: { dimension: 512 } }, is: { data: [{ embedding: [1] }, { embedding: [2] }], usage: { total_tokens: 10 } }, tokens: 10,
  },
  'embeddings of Alibaba, which pass': {
    type: 17, model: 'text-embedding-v4', at: '/v1/embeddings', body: { input: 'a', dimensions: 64 }, answer: '{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1.0]}],"usage":{"prompt_tokens":2,"total_tokens":2}}', to: '/compatible-mode/v1/embeddings', sent: { input: 'a', dimensions: 64 }, is: { data: [{ embedding: [1] }] }, tokens: 2,
  },
  'pictures of xAI, which knows sides': {
    type: 48, model: 'grok-2-image', at: '/v1/images/generations', body: { prompt: 'p', size: '1792x1024', quality: 'hd' }, answer: '{"data":[{"url":"https://x.test/a"}]}', to: '/v1/images/generations', sent: { prompt: 'p', aspect_ratio: '16:9' }, is: { data: [{ url: 'https://x.test/a' }] },
  },
  'pictures of a Gemini on Vertex': {
    type: 41, model: 'gemini-2.5-flash-image', secret: 'key', at: '/v1/images/generations', body: { prompt: 'p', size: '2k' }, answer: '{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUE="}}]}}]}', to: '/v1/publishers/google/models/gemini-2.5-flash-image:generateContent?key=key',
    sent: { generationConfig: { imageConfig: { imageSize: '2K' } } }, is: { data: [{ b64_json: 'QUE=' }] },
  },
  'pictures of Cloudflare': {
    type: 39, model: '@cf/black-forest-labs/flux-1-schnell', at: '/v1/images/generations', body: { prompt: 'p', n: 1, steps: 4 }, answer: '{"result":{"image":"QUE="},"success":true}', to: '/client/v4/accounts/acct/ai/run/@cf/black-forest-labs/flux-1-schnell', sent: { prompt: 'p', steps: 4 }, is: { data: [{ b64_json: 'QUE=' }] },
  },
  'an edit by VolcEngine': {
    type: 45, model: 'doubao-seededit-3-0-i2i-250628', at: '/v1/images/edits', body: { prompt: 'p', images: [{ image_url: 'https://x.test/a' }] }, answer: '{"data":[{"url":"https://x.test/b"}]}', to: '/api/v3/images/generations', sent: { prompt: 'p', image: 'https://x.test/a' }, is: { data: [{ url: 'https://x.test/b' }] },
  },
  'an edit by Replicate': {
    type: 56, model: 'black-forest-labs/flux-kontext-pro', at: '/v1/images/edits', body: { prompt: 'p', image: 'https://x.test/a' }, answer: '{"status":"succeeded","output":"https://x.test/b"}', to: '/v1/models/black-forest-labs/flux-kontext-pro/predictions', sent: { input: { prompt: 'p', input_image: 'https://x.test/a' } }, is: { data: [{ url: 'https://x.test/b' }] },
  },
  'moderations of Mistral': {
    type: 42, model: 'mistral-moderation-latest', at: '/v1/moderations', body: { input: 'x' }, answer: '{"id":"m","results":[{"categories":{"a":false,"b":true},"category_scores":{}}]}', to: '/v1/moderations', sent: { input: 'x' }, is: { results: [{ flagged: true }] },
  },
};

const show = ({ type, model, secret = 'sk-1', settings = {} }: Pick<Case, 'type' | 'model' | 'secret'> & { settings?: object }): void =>
  worker.show({ channels: [{ id: 1, type, models: [model], baseUrl: farEnd.url, credentials: [{ id: 1, secret }], extra: readExtra({ other: 'acct', organization: '', settings: JSON.stringify(settings) }) }], prices: [{ model }] });

async function post({ at, body, model, ...channel }: Pick<Case, 'type' | 'model' | 'secret' | 'at' | 'body'> & { settings?: object }): Promise<Response> {
  show({ model, ...channel });
  return fetch(worker.url + at, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}`, 'content-type': 'application/json' }, body: JSON.stringify({ model, ...body }) });
}

describe('a provider is asked in its own words, and answers in those of the contract:', () => {
  it.each(Object.entries(cases))('%s', async (_, one) => {
    farEnd.answer((__, response) => sendJson(response, 200, one.answer));
    const answer = await post(one);
    expect([answer.status, await answer.json()]).toMatchObject([200, one.is]);
    const { path, body } = farEnd.seen.at(-1)!;
    expect(path).toBe(one.to);
    expect(JSON.parse(body)).toMatchObject(one.sent);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ...(one.tokens === undefined ? {} : { ending: { tokens: { input: one.tokens } } }) });
  });

  it('sound of MiniMax is bytes', async () => {
    farEnd.answer((_, response) => sendJson(response, 200, '{"data":{"audio":"4142"},"base_resp":{"status_code":0}}'));
    const answer = await post({ type: 35, model: 'speech-2.6-hd', at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', response_format: 'wav' } });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'audio/wav', 'AB']);
    expect(JSON.parse(farEnd.seen.at(-1)!.body)).toMatchObject({ text: 'hi', voice_setting: { voice_id: 'v' }, audio_setting: { format: 'wav' } });
  });

  it('pictures of who knows no streams are events for who asked for them', async () => {
    farEnd.answer((_, response) => sendJson(response, 200, '{"predictions":[{"bytesBase64Encoded":"QUE="},{"bytesBase64Encoded":"QkI="}]}'));
    const answer = await post({ type: 24, model: 'imagen-4.0', at: '/v1/images/generations', body: { prompt: 'p', n: 2, stream: true } });
    const events = (await answer.text()).split('\n\n').filter(Boolean).map((each) => JSON.parse(each.split('\ndata: ')[1]!) as { b64_json: string });
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control'), events]).toMatchObject(['text/event-stream; charset=utf-8', 'no-cache', [{ type: 'image_generation.completed', b64_json: 'QUE=', created_at: expect.any(Number) as number }, { b64_json: 'QkI=' }]]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE', made: 2 } });
  });

  it('sound of who knows no events is two of them for who asked for them', async () => {
    farEnd.answer((_, response) => sendJson(response, 200, '{"data":{"audio":"4142"},"base_resp":{"status_code":0}}'));
    const answer = await post({ type: 35, model: 'speech-2.6-hd', at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', stream_format: 'sse' } });
    expect(await answer.text()).toBe('event: speech.audio.delta\ndata: {"type":"speech.audio.delta","audio":"QUI="}\n\nevent: speech.audio.done\ndata: {"type":"speech.audio.done"}\n\n');
    expect(worker.books.last).toMatchObject({ outcome: 'settled' });
  });

  it.each([{ provider: 'ElevenLabs', type: 106, model: 'eleven_v3' }, { provider: 'Groq, which passes what it is asked,', type: 1, model: 'playai-tts' }])('sound of $provider is events as it is made, for who asked for them', async ({ type, model }) => {
    farEnd.answer((_, response) => { response.writeHead(200, { 'content-type': 'audio/mpeg' }); response.write('AB'); setTimeout(() => response.end('C'), 20); });
    const answer = await post({ type, model, at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', stream_format: 'sse' } });
    const events = (await answer.text()).split('\n\n').filter(Boolean).map((each) => JSON.parse(each.split('\ndata: ')[1]!) as { type: string; audio?: string });
    expect([answer.headers.get('content-type'), events.map(({ audio }) => Buffer.from(audio ?? '', 'base64').toString()).join(''), events.at(-1)]).toEqual([expect.stringContaining('text/event-stream'), 'ABC', { type: 'speech.audio.done' }]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { end: 'COMPLETE' } });
  });

  it('speech of ElevenLabs passes as it is made, by a voice in the address', async () => {
    farEnd.answer((_, response) => { response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('SOUND'); });
    const answer = await post({ type: 106, model: 'eleven_v3', at: '/v1/audio/speech', body: { input: 'hi', voice: '21m 00', speed: 1.1, response_format: 'opus' } });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'audio/mpeg', 'SOUND']);
    expect([farEnd.seen.at(-1)!.path, JSON.parse(farEnd.seen.at(-1)!.body)]).toEqual(['/v1/text-to-speech/21m%2000/stream?output_format=opus_48000_96', { model_id: 'eleven_v3', text: 'hi', voice_settings: { speed: 1.1 } }]);
    expect((await post({ type: 106, model: 'eleven_v3', at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', response_format: 'flac' } })).status).toBe(400);
  });

  it.each([{ form: 'pcm', begins: 'AB', type: 'audio/pcm' }, { form: 'wav', begins: 'RIFF', type: 'audio/wav' }, { form: undefined, begins: 'RIFF', type: 'audio/wav' }])('sound of Gemini is bytes of the form $form', async ({ form, begins, type }) => {
    farEnd.answer((_, response) => sendJson(response, 200, '{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"QUI="}}]}}],"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":5}}'));
    const answer = await post({ type: 24, model: 'gemini-2.5-flash-preview-tts', at: '/v1/audio/speech', body: { input: 'hi', voice: 'Kore', ...(form ? { response_format: form } : {}) } });
    const bytes = await answer.text();
    expect([answer.status, answer.headers.get('content-type'), bytes.startsWith(begins), bytes.endsWith('AB')]).toEqual([200, type, true, true]);
  });

  it.each([
    { name: 'a form of sound that is not made', type: 24, model: 'gemini-2.5-flash-preview-tts', at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', response_format: 'mp3' }, answer: '{}', status: 400 },
    { name: 'a form of sound that MiniMax does not make', type: 35, model: 'speech-2.6-hd', at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', response_format: 'opus' }, answer: '{}', status: 400 },
    { name: 'a refusal in a success', type: 35, model: 'image-01', at: '/v1/images/generations', body: { prompt: 'p' }, answer: '{"base_resp":{"status_code":1026,"status_msg":"sensitive"}}', status: 400 },
    { name: 'an answer without what was asked for', type: 34, model: 'embed-v4.0', at: '/v1/embeddings', body: { input: 'a' }, answer: '{"id":"x"}', status: 502 },
    { name: 'a picture that was withheld', type: 24, model: 'imagen-4.0', at: '/v1/images/generations', body: { prompt: 'p' }, answer: '{"predictions":[{"raiFilteredReason":"no"}]}', status: 400 },
    { name: 'a picture of Cloudflare that is none', type: 39, model: '@cf/x', at: '/v1/images/generations', body: { prompt: 'p' }, answer: '{"result":{},"success":true}', status: 502 },
    { name: 'an address for who edits bytes alone', type: 24, model: 'gemini-2.5-flash-image', at: '/v1/images/edits', body: { prompt: 'p', image: 'https://x.test/a' }, answer: '{}', status: 400 },
    { name: 'token numbers for a provider of texts', type: 34, model: 'embed-v4.0', at: '/v1/embeddings', body: { input: [1, 2] }, answer: '{}', status: 400 },
  ])('$name costs nothing', async ({ answer, status, ...call }) => {
    farEnd.answer((_, response) => sendJson(response, 200, answer));
    expect((await post(call)).status).toBe(status);
    expect(worker.books.last).toMatchObject({ outcome: 'released' });
  });
});

describe('a form for a provider that takes none', () => {
  const png = Buffer.from('iVBORw0KGgo=', 'base64');
  const form = (files: readonly [string, Buffer][], fields: Readonly<Record<string, string>>): FormData => {
    const made = new FormData();
    for (const [name, bytes] of files) made.append(name, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'a.png');
    for (const [name, value] of Object.entries(fields)) made.append(name, value);
    return made;
  };
  const postForm = (channel: Pick<Case, 'type' | 'model'>, at: string, body: FormData): Promise<Response> => {
    show(channel);
    return fetch(worker.url + at, { method: 'POST', headers: { authorization: `Bearer sk-${keyOf('a')}` }, body });
  };
  const picture = 'data:image/png;base64,iVBORw0KGgo=';

  it.each([
    { type: 17, model: 'qwen-image-edit', files: 1, answer: '{"output":{"choices":[{"message":{"content":[{"image":"https://x.test/b"}]}}]}}', sent: { input: { messages: [{ content: [{ image: picture }, { text: 'a hat' }] }] }, parameters: { n: 2 } } },
    { type: 48, model: 'grok-imagine-image', files: 1, answer: '{"data":[{"url":"https://x.test/b"}]}', sent: { model: 'grok-imagine-image', prompt: 'a hat', n: 2, image: { type: 'image_url', url: picture } } },
    { type: 45, model: 'doubao-seedream-4-0', files: 2, answer: '{"data":[{"url":"https://x.test/b"}]}', sent: { prompt: 'a hat', image: [picture, picture] } },
    { type: 24, model: 'gemini-2.5-flash-image', files: 1, answer: '{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUE="}}]}}]}', sent: { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }, { text: 'a hat' }] }] } },
  ])('reaches $model as JSON with its $files pictures', async ({ type, model, files, answer, sent }) => {
    farEnd.answer((_, response) => sendJson(response, 200, answer));
    const names = files === 1 ? ['image'] : ['image[]', 'image[]'];
    const got = await postForm({ type, model }, '/v1/images/edits', form(names.map((name) => [name, png]), { model, prompt: 'a hat', n: '2' }));
    expect([got.status, await got.json()]).toMatchObject([200, { data: [{}] }]);
    expect(farEnd.seen.at(-1)!.headers['content-type']).toBe('application/json');
    expect(JSON.parse(farEnd.seen.at(-1)!.body)).toMatchObject(sent);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { made: 1 } });
  });

  it.each([
    { model: '@cf/openai/whisper-large-v3-turbo', audio: png.toString('base64'), form: 'json', type: 'application/json', text: '{"text":"hello"}' },
    { model: '@cf/openai/whisper', audio: [...png], form: 'text', type: 'text/plain; charset=utf-8', text: 'hello' },
    { model: '@cf/openai/whisper', audio: [...png], form: 'vtt', type: 'text/vtt; charset=utf-8', text: 'WEBVTT' },
  ])('is sound for $model, and its transcript comes as $form', async ({ model, audio, form: wanted, type, text }) => {
    farEnd.answer((_, response) => sendJson(response, 200, '{"result":{"text":"hello","vtt":"WEBVTT"},"success":true}'));
    const got = await postForm({ type: 39, model }, '/v1/audio/transcriptions', form([['file', png]], { model, response_format: wanted, language: 'en' }));
    expect([got.status, got.headers.get('content-type'), await got.text()]).toEqual([200, type, text]);
    const { path, body } = farEnd.seen.at(-1)!;
    expect([path, JSON.parse(body)]).toMatchObject([`/client/v4/accounts/acct/ai/run/${model}`, { audio, language: 'en' }]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled' });
  });

  it('is laid out for Replicate as files that go ahead', async () => {
    farEnd.answer((request, response) => sendJson(response, request.path === '/v1/files' ? 201 : 200, request.path === '/v1/files' ? '{"urls":{"get":"https://files.test/1"}}' : '{"status":"succeeded","output":"https://x.test/b"}'));
    const got = await postForm({ type: 56, model: 'black-forest-labs/flux-kontext-pro' }, '/v1/images/edits', form([['image', png]], { model: 'black-forest-labs/flux-kontext-pro', prompt: 'a hat' }));
    expect([got.status, await got.json()]).toMatchObject([200, { data: [{ url: 'https://x.test/b' }] }]);
    const [file, asked] = farEnd.seen.slice(-2);
    expect([file?.headers['content-type'], file?.headers.authorization, file?.body]).toEqual([expect.stringMatching(/^multipart\/form-data; boundary=weir-/), 'Bearer sk-1', expect.stringContaining('name="content"; filename="file.png"\r\nContent-Type: image/png')]);
    expect([asked?.headers['content-type'], JSON.parse(asked?.body ?? '')]).toMatchObject(['application/json', { input: { prompt: 'a hat', input_image: 'https://files.test/1' } }]);
    farEnd.answer((request, response) => sendJson(response, 413, '{"detail":"too large"}'));
    expect((await postForm({ type: 56, model: 'm/kontext' }, '/v1/images/edits', form([['image', png]], { model: 'm/kontext', prompt: 'a hat' }))).status).toBe(413);
    expect([farEnd.seen.at(-1)?.path, worker.books.last?.outcome]).toEqual(['/v1/files', 'released']);
  });

  it('a picture in a conversation goes ahead of it to Dify, as the file of its user', async () => {
    farEnd.answer((request, response) => sendJson(response, 200, request.path === '/v1/files/upload' ? '{"id":"file-1"}' : '{"answer":"a cat","message_id":"m","metadata":{"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}}'));
    const content = [{ type: 'text', text: 'data:image/png;base64,AA==' }, { type: 'image_url', image_url: { url: picture } }, { type: 'image_url', image_url: { url: picture } }];
    const got = await post({ type: 37, model: 'dify', at: '/v1/chat/completions', body: { user: 'u-1', messages: [{ role: 'user', content }] } });
    expect([got.status, await got.json()]).toMatchObject([200, { choices: [{ message: { content: 'a cat' } }] }]);
    const [file, asked] = farEnd.seen.slice(-2), known = { type: 'image', transfer_method: 'local_file', upload_file_id: 'file-1' };
    expect(file?.body).toMatch(/name="user"\r\n\r\nu-1\r\n[^]*name="file"; filename="file.png"/);
    expect([asked?.path, JSON.parse(asked?.body ?? '')]).toMatchObject(['/v1/chat-messages', { query: 'data:image/png;base64,AA==', user: 'u-1', files: [known, known] }]);
  });

  it.each([
    { form: 'json', text: '{"text":"hello there"}' },
    { form: 'verbose_json', text: '{"task":"transcribe","language":"eng","duration":1.5,"text":"hello there","words":[{"word":"hello","start":0,"end":0.5},{"word":"there","start":1,"end":1.5}]}' },
  ])('is a form again for ElevenLabs, whose transcript comes as $form', async ({ form: wanted, text }) => {
    farEnd.answer((_, response) => sendJson(response, 200, JSON.stringify({
      language_code: 'eng', text: 'hello there', words: [{ text: 'hello', type: 'word', start: 0, end: 0.5 }, { text: ' ', type: 'spacing', start: 0.5, end: 1 }, { text: 'there', type: 'word', start: 1, end: 1.5 }],
    })));
    const got = await postForm({ type: 106, model: 'scribe_v1' }, '/v1/audio/transcriptions', form([['file', png]], { model: 'scribe_v1', response_format: wanted, language: 'en' }));
    expect([got.status, await got.text()]).toEqual([200, text]);
    const { path, headers, body } = farEnd.seen.at(-1)!;
    expect([path, headers['xi-api-key'], headers['content-type']]).toEqual(['/v1/speech-to-text', 'sk-1', expect.stringMatching(/^multipart\/form-data/)]);
    expect(body).toMatch(/name="model_id"\r\n\r\nscribe_v1\r\n[^]*name="file"; filename="file.png"[^]*name="language_code"\r\n\r\nen\r\n/);
    expect(worker.books.last).toMatchObject({ outcome: 'settled' });
  });

  it('takes a picture that comes as bytes', async () => {
    farEnd.answer((_, response) => { response.writeHead(200, { 'content-type': 'image/png' }).end(png); });
    const got = await post({ type: 39, model: '@cf/stabilityai/sdxl', at: '/v1/images/generations', body: { prompt: 'p' } });
    expect([got.status, await got.json()]).toMatchObject([200, { data: [{ b64_json: png.toString('base64') }] }]);
    expect(worker.books.last).toMatchObject({ outcome: 'settled', ending: { made: 1 } });
  });
});
