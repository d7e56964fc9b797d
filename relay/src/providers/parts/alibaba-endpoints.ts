import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import { cannot } from '../../dialects/request/losses.ts';
import type { Blob, Served } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { rankingAnswer } from './endpoint-answers.ts';
import { without } from './request-edits.ts';

const generation = '/api/v1/services/aigc/multimodal-generation/generation';

/** Providers 7.2 to 7.4. Its older picture models work in the background only, which nobody waits for here. */
export const alibabaServes: Served = {
  completions: { path: '/compatible-mode/v1/completions' },
  embeddings: { path: '/compatible-mode/v1/embeddings' },
  rerank: { path: '/api/v1/services/rerank/text-rerank/text-rerank', writeRequest: asRanking, readAnswer: fromRanking },
  'image-generations': { path: generation, writeRequest: asPicture, readAnswer: fromPicture },
  speech: { path: generation, writeRequest: ({ model, input, voice }) => ({ model: model ?? '', input: { text: input ?? '', voice: voice ?? '' } }), readAnswer: fromSpeech },
};

function asRanking({ model, query, documents, top_n: most, return_documents: returned }: JsonObject): JsonObject {
  return wire({ model, input: { query: query ?? '', documents: documents ?? [] }, parameters: wire({ top_n: most, return_documents: returned }) });
}

function fromRanking(answer: JsonObject, request: JsonObject): JsonObject | Failure {
  const total = member(answer['usage'], 'total_tokens') ?? 0;
  return rankingAnswer(member(answer['output'], 'results'), request, wire({ id: answer['request_id'], usage: { prompt_tokens: total, total_tokens: total } }));
}

function asPicture({ model, prompt, size, n, ...rest }: JsonObject): JsonObject | Failure {
  if (!/^(?:qwen-image|z-image|wan2\.[6-9])/.test(text(model) ?? '')) return cannot('model', 'makes its pictures in the background only, which cannot be waited for');
  const own = without(rest, 'response_format', 'quality', 'style', 'user', 'background', 'output_format', 'moderation', 'stream');
  return { model: model ?? '', input: { messages: [{ role: 'user', content: [{ text: prompt ?? '' }] }] }, parameters: wire({ ...own, size: text(size)?.replace('x', '*'), n }) };
}

function fromPicture(answer: JsonObject): JsonObject | Failure {
  const contents = list(member(answer['output'], 'choices')).flatMap((choice) => list(member(member(choice, 'message'), 'content')));
  const made = contents.flatMap((part): Json[] => { const url = text(member(part, 'image')); return url ? [{ url }] : []; });
  return made.length > 0 ? { created: 0, data: made } : unreadable();
}

function fromSpeech(answer: JsonObject): Blob | Failure {
  const data = text(member(member(answer['output'], 'audio'), 'data'));
  return data ? { contentType: 'audio/wav', bytes: Buffer.from(data, 'base64') } : new Failure('bad_response_body', { note: 'the sound was given as an address' });
}

const unreadable = (): Failure => new Failure('bad_response_body', { note: 'not the answer that is known' });
