/** Endpoints beside chat at providers whose words are their own: what they are asked, and what clients get. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  'a ranking in the usual form, which passes': {
    type: 47, model: 'Salesforce/Llama-Rank-v1', at: '/v1/rerank', body: { query: 'q', documents: ['a'] }, answer: recorded('togetherai-reranking.1.json'), to: '/v1/rerank', sent: { query: 'q' }, is: { results: [{ index: 0 }, { index: 5 }] }, tokens: 2_966,
  },
  'pictures of Imagen': {
    type: 24, model: 'imagen-4.0', at: '/v1/images/generations', body: { prompt: 'p', size: '1792x1024' }, answer: '{"predictions":[{"bytesBase64Encoded":"QUE="}]}', to: '/v1beta/models/imagen-4.0:predict',
    sent: { instances: [{ prompt: 'p' }], parameters: { sampleCount: 1, aspectRatio: '16:9' } }, is: { data: [{ b64_json: 'QUE=' }] },
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
  'moderations of Mistral': {
    type: 42, model: 'mistral-moderation-latest', at: '/v1/moderations', body: { input: 'x' }, answer: '{"id":"m","results":[{"categories":{"a":false,"b":true},"category_scores":{}}]}', to: '/v1/moderations', sent: { input: 'x' }, is: { results: [{ flagged: true }] },
  },
};

async function post({ type, model, secret = 'sk-1', at, body }: Pick<Case, 'type' | 'model' | 'secret' | 'at' | 'body'>): Promise<Response> {
  worker.show({ channels: [{ id: 1, type, models: [model], baseUrl: farEnd.url, credentials: [{ id: 1, secret }] }], prices: [{ model }] });
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

  it.each([{ form: 'pcm', begins: 'AB', type: 'audio/pcm' }, { form: 'wav', begins: 'RIFF', type: 'audio/wav' }, { form: undefined, begins: 'RIFF', type: 'audio/wav' }])('sound of Gemini is bytes of the form $form', async ({ form, begins, type }) => {
    farEnd.answer((_, response) => sendJson(response, 200, '{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"QUI="}}]}}],"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":5}}'));
    const answer = await post({ type: 24, model: 'gemini-2.5-flash-preview-tts', at: '/v1/audio/speech', body: { input: 'hi', voice: 'Kore', ...(form ? { response_format: form } : {}) } });
    const bytes = await answer.text();
    expect([answer.status, answer.headers.get('content-type'), bytes.startsWith(begins), bytes.endsWith('AB')]).toEqual([200, type, true, true]);
  });

  it.each([
    { name: 'a form of sound that is not made', type: 24, model: 'gemini-2.5-flash-preview-tts', at: '/v1/audio/speech', body: { input: 'hi', voice: 'v', response_format: 'mp3' }, answer: '{}', status: 400 },
    { name: 'a refusal in a success', type: 35, model: 'image-01', at: '/v1/images/generations', body: { prompt: 'p' }, answer: '{"base_resp":{"status_code":1026,"status_msg":"sensitive"}}', status: 400 },
    { name: 'an answer without what was asked for', type: 34, model: 'embed-v4.0', at: '/v1/embeddings', body: { input: 'a' }, answer: '{"id":"x"}', status: 502 },
    { name: 'a picture that was withheld', type: 24, model: 'imagen-4.0', at: '/v1/images/generations', body: { prompt: 'p' }, answer: '{"predictions":[{"raiFilteredReason":"no"}]}', status: 400 },
    { name: 'token numbers for a provider of texts', type: 34, model: 'embed-v4.0', at: '/v1/embeddings', body: { input: [1, 2] }, answer: '{}', status: 400 },
  ])('$name costs nothing', async ({ answer, status, ...call }) => {
    farEnd.answer((_, response) => sendJson(response, 200, answer));
    expect((await post(call)).status).toBe(status);
    expect(worker.books.last).toMatchObject({ outcome: 'released' });
  });
});
