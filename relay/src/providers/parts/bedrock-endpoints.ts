import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { cannot } from '../../dialects/request/losses.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import { isClaude } from './bedrock-models.ts';
import { embeddingAnswer, rankingAnswer } from './endpoint-answers.ts';
import type { Served } from '../../endpoints/served.ts';
import type { Failure } from '../../failure/failure.ts';

export const bedrockBase = 'https://bedrock-runtime.us-east-1.amazonaws.com';

/** Providers 4.4: Titan takes one text a call, Cohere many; pictures of Nova and Titan. */
export const bedrockServes: Served = {
  'count-tokens': { writeRequest: countable, readAnswer: ({ inputTokens }): JsonObject => wire({ input_tokens: inputTokens }) },
  embeddings: { writeRequest: asEmbedding, readAnswer: fromEmbedding },
  rerank: { path: ({ base, credential }) => (base === bedrockBase ? `https://bedrock-agent-runtime.${credential['region'] ?? 'us-east-1'}.amazonaws.com/rerank` : '/rerank'), writeRequest: asRanking, readAnswer: ({ results }, request) => rankingAnswer(results, request, {}) },
  'image-generations': { writeRequest: asPicture, readAnswer: ({ images }): JsonObject => ({ created: 0, data: list(images).map((image): Json => ({ b64_json: image })) }) },
};

/** It counts what could be asked: then there is a limit to the answer. */
function countable(request: JsonObject): JsonObject | Failure {
  return isClaude(text(request['model']) ?? '') ? { max_tokens: 1, ...request } : cannot('model', 'is not counted in this dialect');
}

/** @param body as it would be asked */
export const asCounting = (body: Buffer): Buffer => Buffer.from(JSON.stringify({ input: { invokeModel: { body: body.toString('base64') } } }));

function asEmbedding({ model, input, dimensions }: JsonObject): JsonObject | Failure {
  const texts = typeof input === 'string' ? [input] : list(input), [first] = texts;
  if (!texts.every((each) => typeof each === 'string')) return cannot('input', 'must be text: this provider takes no token numbers');
  if (text(model)?.includes('cohere')) return { texts, input_type: 'search_document', embedding_types: ['float'] };
  if (texts.length !== 1) return cannot('input', 'must be one text: this model takes one at a time');
  return wire({ inputText: first, dimensions, normalize: true });
}

function fromEmbedding(answer: JsonObject, request: JsonObject): JsonObject | Failure {
  const { embedding } = answer;
  return embeddingAnswer(embedding === undefined ? member(answer['embeddings'], 'float') ?? answer['embeddings'] : [embedding], request, answer['inputTextTokenCount']);
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

const inline = (document: Json): Json => (typeof document === 'string'
  ? { type: 'INLINE', inlineDocumentSource: { type: 'TEXT', textDocument: { text: document } } } : { type: 'INLINE', inlineDocumentSource: { type: 'JSON', jsonDocument: document } });

/** Its host is another one, and its model an address. */
function asRanking({ model, query, documents, top_n: most }: JsonObject): JsonObject {
  return {
    queries: [{ type: 'TEXT', textQuery: { text: query ?? '' } }], sources: list(documents).map(inline),
    rerankingConfiguration: { type: 'BEDROCK_RERANKING_MODEL', bedrockRerankingConfiguration: wire({ modelConfiguration: { modelArn: model ?? '' }, numberOfResults: most }) },
  };
}
