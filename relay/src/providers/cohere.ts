import { cohereChat } from '../dialects/cohere-chat/dialect.ts';
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { isObject, list, member, text, wire } from '../dialects/json-member.ts';
import { cannot } from '../dialects/request/losses.ts';
import { Failure } from '../failure/failure.ts';
import { embeddingAnswer, rankingAnswer } from './parts/endpoint-answers.ts';
import { namedModelsAt } from './asking/model-lists.ts';
import { bearer, provider } from './provider.ts';

/** Members of its own that clients of other dialects may send along. */
const own = ['documents', 'citation_options', 'safety_mode'];

/** Providers 4.7. Recordings: fixtures/cohere. */
export const cohere = provider({
  name: 'cohere',
  label: 'Cohere',
  type: 34,
  baseUrl: 'https://api.cohere.ai',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [cohereChat],
  suggestedModels: ['command-a-03-2025', 'command-a-reasoning-08-2025', 'command-a-vision-07-2025', 'command-r7b-12-2024', 'embed-v4.0', 'rerank-v3.5'],
  able: { forcedTool: 'required', oneCall: false, documents: false, audio: false, severalAnswers: false },
  serves: {
    embeddings: { path: '/v2/embed', writeRequest: asEmbedding, readAnswer: fromEmbedding },
    rerank: { path: '/v2/rerank', writeRequest: asRanking, readAnswer: ({ results, ...more }, request) => rankingAnswer(results, request, more) },
  },
  listModels: namedModelsAt('/v1/models?page_size=1000'),
  // A status of its own: the token is none.
  readFailure: (status, _, usual) => (status === 498 ? new Failure('channel:invalid_key', { note: usual.details.note ?? '498' }) : usual),

  writeRequest: (written, { rest }) => ({ ...written, ...Object.fromEntries(Object.entries(rest['openai-chat'] ?? {}).filter(([name]) => own.includes(name))) }),
});

function asEmbedding({ model, input, dimensions, input_type: type, images }: JsonObject): JsonObject | Failure {
  const texts = typeof input === 'string' ? [input] : list(input);
  if (!texts.every((each) => typeof each === 'string')) return cannot('input', 'must be text: this provider takes no token numbers');
  return wire({ model, texts, input_type: type ?? 'search_document', embedding_types: ['float'], output_dimension: dimensions, images });
}

function fromEmbedding(answer: JsonObject, request: JsonObject): JsonObject | Failure {
  return embeddingAnswer(member(answer['embeddings'], 'float'), request, member(member(answer['meta'], 'billed_units'), 'input_tokens') ?? 0);
}

/** Its documents are texts: of an object its text, or all that it says. */
function asRanking({ model, query, documents, top_n: most, max_tokens_per_doc: cap }: JsonObject): JsonObject {
  return wire({ model, query, documents: list(documents).map(asText), top_n: most, max_tokens_per_doc: cap });
}

function asText(document: Json): Json {
  if (!isObject(document)) return document;
  return text(document['text']) ?? Object.entries(document).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('\n');
}
