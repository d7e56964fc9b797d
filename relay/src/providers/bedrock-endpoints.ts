import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { cannot } from '../dialects/losses.ts';
import { list, member, text, wire } from '../dialects/json-member.ts';
import type { Served } from '../endpoints/served.ts';
import type { Failure } from '../failure/failure.ts';

/** Providers 4.4: Titan takes one text a call, Cohere many; pictures of Nova and Titan. */
export const bedrockServes: Served = {
  embeddings: { writeRequest: asEmbedding, readAnswer: fromEmbedding },
  'image-generations': { writeRequest: asPicture, readAnswer: ({ images }): JsonObject => ({ created: 0, data: list(images).map((image): Json => ({ b64_json: image })) }) },
};

function asEmbedding({ model, input, dimensions }: JsonObject): JsonObject | Failure {
  const texts = typeof input === 'string' ? [input] : list(input), [first] = texts;
  if (!texts.every((each) => typeof each === 'string')) return cannot('input', 'must be text: this provider takes no token numbers');
  if (text(model)?.includes('cohere')) return { texts, input_type: 'search_document', embedding_types: ['float'] };
  if (texts.length !== 1) return cannot('input', 'must be one text: this model takes one at a time');
  return wire({ inputText: first, dimensions, normalize: true });
}

function fromEmbedding(answer: JsonObject, request: JsonObject): JsonObject {
  const many = list(member(answer['embeddings'], 'float') ?? answer['embeddings']);
  const found = many.length > 0 ? many : [answer['embedding'] ?? []];
  const tokens = typeof answer['inputTextTokenCount'] === 'number' ? answer['inputTextTokenCount'] : 0;
  return {
    object: 'list', model: request['model'] ?? '', data: found.map((embedding, index): Json => ({ object: 'embedding', index, embedding })),
    ...(tokens > 0 ? { usage: { prompt_tokens: tokens, total_tokens: tokens } } : {}),
  };
}

function asPicture({ prompt, n, size, quality, seed }: JsonObject): JsonObject {
  const [width, height] = (text(size) ?? '').split('x').map(Number);
  return {
    taskType: 'TEXT_IMAGE', textToImageParams: { text: prompt ?? '' },
    imageGenerationConfig: wire({
      numberOfImages: n, width: width || undefined, height: height || undefined, seed, quality: quality === 'hd' || quality === 'high' ? 'premium' : quality === undefined ? undefined : 'standard',
    }),
  };
}
