import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import type { Blob, Fetched, Served } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { alibabaEdits, alibabaPictures } from './alibaba-pictures.ts';
import { embeddingAnswer, rankingAnswer } from './endpoint-answers.ts';
import { without } from './request-edits.ts';

/** Providers 7.2 to 7.4. */
export const alibabaServes: Served = {
  completions: { path: '/compatible-mode/v1/completions' },
  embeddings: {
    path: ({ model }) => (sees.test(model) ? '/api/v1/services/embeddings/multimodal-embedding/multimodal-embedding' : '/compatible-mode/v1/embeddings'),
    writeRequest: asVectors, readAnswer: fromVectors, readUsage: ({ image_tokens: seen }, usual) => (typeof seen === 'number' && seen > 0 ? { ...usual, input: usual.input + seen } : usual),
  },
  rerank: { path: '/api/v1/services/rerank/text-rerank/text-rerank', writeRequest: asRanking, readAnswer: fromRanking },
  'image-generations': alibabaPictures,
  'image-edits': alibabaEdits,
  speech: {
    path: '/api/v1/services/aigc/multimodal-generation/generation',
    writeRequest: ({ model, input, voice }) => ({ model: model ?? '', input: { text: input ?? '', voice: voice ?? '' } }),
    addresses: (answer) => [text(member(soundOf(answer), 'url')) ?? []].flat().map((address) => ({ address, kind: 'audio' as const })),
    readAnswer: fromSpeech,
  },
};

/** Models that see: they have an address of their own, and take what is to be seen as objects. */
const sees = /multimodal-embedding|-vl-embedding|embedding-vision/;

function asVectors(request: JsonObject): JsonObject {
  const { model, input, dimensions, ...rest } = request;
  if (!sees.test(text(model) ?? '')) return request;
  const contents = (Array.isArray(input) ? input : [input ?? '']).map((each): Json => (typeof each === 'string' ? { text: each } : each));
  return wire({ model, input: { contents }, parameters: wire({ ...without(rest, 'encoding_format', 'user'), dimension: dimensions }) });
}

function fromVectors(answer: JsonObject, request: JsonObject): JsonObject | Failure {
  if (!sees.test(text(request['model']) ?? '')) return answer;
  const { usage } = answer, tokens = member(usage, 'input_tokens'), seen = member(usage, 'image_tokens');
  return embeddingAnswer(list(member(answer['output'], 'embeddings')).map((each) => member(each, 'embedding') ?? []), request, typeof seen === 'number' && typeof tokens === 'number' ? tokens + seen : tokens);
}

function asRanking({ model, query, documents, top_n: most, return_documents: returned }: JsonObject): JsonObject {
  return wire({ model, input: { query: query ?? '', documents: documents ?? [] }, parameters: wire({ top_n: most, return_documents: returned }) });
}

function fromRanking(answer: JsonObject, request: JsonObject): JsonObject | Failure {
  const total = member(answer['usage'], 'total_tokens') ?? 0;
  return rankingAnswer(member(answer['output'], 'results'), request, wire({ id: answer['request_id'], usage: { prompt_tokens: total, total_tokens: total } }));
}

const soundOf = (answer: JsonObject): Json | undefined => member(answer['output'], 'audio');

/** The sound itself, or the address where it lies for a day. */
function fromSpeech(answer: JsonObject, _: JsonObject, media: Fetched): Blob | Failure {
  const data = text(member(soundOf(answer), 'data')), fetched = media.get(text(member(soundOf(answer), 'url')) ?? '');
  if (data) return { contentType: 'audio/wav', bytes: Buffer.from(data, 'base64') };
  return fetched ? { contentType: fetched.mime, bytes: Buffer.from(fetched.base64, 'base64') } : new Failure('bad_response_body', { note: 'no sound in it, or one that cannot be fetched' });
}
