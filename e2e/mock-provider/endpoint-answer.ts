/** What the mock answers at addresses that are not chat: always the same, with figures that a test can reckon with. */
export interface EndpointAnswer { readonly type: string; readonly body: string | Buffer }

const json = (body: object): EndpointAnswer => ({ type: 'application/json', body: JSON.stringify(body) });

const answers: Readonly<Record<string, () => EndpointAnswer>> = {
  '/v1/embeddings': () => json({ object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }], model: 'mock', usage: { prompt_tokens: 8, total_tokens: 8 } }),
  '/v1/moderations': () => json({ id: 'modr-1', model: 'mock', results: [{ flagged: false, categories: {}, category_scores: {} }] }),
  '/v1/images/generations': () => json({ created: 1, data: [{ b64_json: 'AA==' }], usage: { total_tokens: 30, input_tokens: 10, output_tokens: 20, input_tokens_details: { text_tokens: 10, image_tokens: 0 } } }),
  '/v1/audio/speech': () => ({ type: 'audio/mpeg', body: Buffer.alloc(100_000, 7) }),
  '/v1/audio/transcriptions': () => json({ text: 'Echo', usage: { type: 'duration', seconds: 30 } }),
};

/** Undefined: the address is another. */
export const endpointAnswer = (path: string): EndpointAnswer | undefined => answers[path]?.();
