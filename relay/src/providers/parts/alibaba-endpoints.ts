import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { member, text, wire } from '../../dialects/json-member.ts';
import type { Blob, Fetched, Served } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { alibabaEdits, alibabaPictures } from './alibaba-pictures.ts';
import { rankingAnswer } from './endpoint-answers.ts';

/** Providers 7.2 to 7.4. */
export const alibabaServes: Served = {
  completions: { path: '/compatible-mode/v1/completions' },
  embeddings: { path: '/compatible-mode/v1/embeddings' },
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
