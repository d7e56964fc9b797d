/** Answers of embeddings and of rankings in the words of the contract (providers 7.1, 7.2). */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { isObject, list, member, text, wire } from '../../dialects/json-member.ts';
import { Failure } from '../../failure/failure.ts';

const unreadable = (): Failure => new Failure('bad_response_body', { note: 'not the answer that is known' });

/** @param vectors undefined or empty: the answer has none, and is none */
export function embeddingAnswer(vectors: Json | undefined, { model, encoding_format: form }: JsonObject, tokens: Json | undefined): JsonObject | Failure {
  const found = list(vectors);
  if (found.length === 0) return unreadable();
  return wire({
    object: 'list', model, data: found.map((vector, index): Json => ({ object: 'embedding', index, embedding: form === 'base64' ? packed(vector) : vector })),
    usage: typeof tokens === 'number' ? { prompt_tokens: tokens, total_tokens: tokens } : undefined,
  });
}

/** 32-bit floats, the least byte first. Numbers that a double may not hold are objects that print as what they are. */
function packed(vector: Json): Json {
  if (!Array.isArray(vector)) return vector;
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((each, index) => bytes.writeFloatLE(typeof each === 'number' ? each : Number(JSON.stringify(each)) || 0, index * 4));
  return bytes.toString('base64');
}

/** The best one first. Documents are put in where the client wants them back and the provider keeps them. */
export function rankingAnswer(results: Json | undefined, request: JsonObject, more: JsonObject): JsonObject | Failure {
  if (!Array.isArray(results)) return unreadable();
  const documents = list(request['documents']), wanted = request['return_documents'] === true;
  const score = (each: Json): number => { const value = member(each, 'relevance_score') ?? member(each, 'relevanceScore'); return typeof value === 'number' ? value : 0; };
  const ranked = results.toSorted((one, other) => score(other) - score(one)).map((each): Json => {
    const index = member(each, 'index'), document = member(each, 'document') ?? (wanted && typeof index === 'number' ? asDocument(documents[index]) : undefined);
    return wire({ index: index ?? 0, relevance_score: score(each), document });
  });
  return wire({ ...more, model: request['model'], results: ranked });
}

const asDocument = (document: Json | undefined): Json | undefined => (isObject(document) ? document : document === undefined ? undefined : { text: text(document) ?? '' });
