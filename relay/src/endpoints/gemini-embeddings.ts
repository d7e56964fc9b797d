/** `embedContent` and `batchEmbedContents` (relay-api 8): taken as embeddings, so that any provider of those can serve them. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { ClientForm, Surface } from '../dialects/dialect.ts';
import { readAddress } from '../dialects/gemini/address.ts';
import { gemini } from '../dialects/gemini/dialect.ts';
import { isObject, list, member, parseJson, text, wire } from '../dialects/json-member.ts';
import { wrong } from '../dialects/request/request-members.ts';
import { Failure } from '../failure/failure.ts';
import { embeddings, engineIn } from './embeddings.ts';

/** Both spellings of a member are read. */
const either = (of: Json | undefined, camel: string, snake: string): Json | undefined => member(of, camel) ?? member(of, snake);

const textOf = (content: Json | undefined): string => list(member(content, 'parts')).map((part) => text(member(part, 'text')) ?? '').join('');

function asInput(model: string, one: Json | undefined, input: Json): Buffer {
  return Buffer.from(JSON.stringify(wire({ model, input, dimensions: either(one, 'outputDimensionality', 'output_dimensionality'), task_type: either(one, 'taskType', 'task_type'), title: member(one, 'title') })));
}

const valuesOf = (answer: JsonObject): Json[] => list(answer['data']).map((each): Json => ({ values: member(each, 'embedding') ?? [] }));
const firstOf = (answer: JsonObject): JsonObject => ({ embedding: valuesOf(answer)[0] ?? { values: [] } });

const single: ClientForm = (body, { path }) => {
  const request = parseJson(body.toString('utf8')), model = readAddress(path)?.model ?? '';
  if (!isObject(request)) return new Failure('bad_request_body');
  if (!isObject(request['content'])) return wrong('content', 'is required');
  return { body: asInput(model, request, textOf(request['content'])), give: firstOf };
};

const several: ClientForm = (body, { path }) => {
  const request = parseJson(body.toString('utf8')), model = readAddress(path)?.model ?? '';
  if (!isObject(request)) return new Failure('bad_request_body');
  const requests = list(request['requests']);
  if (requests.length === 0) return wrong('requests', 'must be a list that is not empty');
  return { body: asInput(model, requests[0], requests.map((each) => textOf(member(each, 'content')))), give: (answer) => ({ embeddings: valuesOf(answer) }) };
};

const inGemini: Pick<Surface, 'keyPlace' | 'renderFailure' | 'renderStreamFailure'> = {
  keyPlace: gemini.keyPlace,
  renderFailure: (failure, requestId) => gemini.renderFailure(failure, requestId),
  renderStreamFailure: (failure, requestId) => gemini.renderStreamFailure(failure, requestId),
};

export const embedContent: Surface = { ...embeddings, ...inGemini, clientForm: single };
export const batchEmbedContents: Surface = { ...embeddings, ...inGemini, clientForm: several };

/** `/v1/engines/{model}/embeddings` takes either form: the members tell. */
export const engineEmbeddings: Surface = {
  ...embeddings,
  clientForm: (body, { path }) => {
    const request = body.includes('"parts"') ? parseJson(body.toString('utf8')) : undefined;
    if (!isObject(request) || request['input'] !== undefined || !isObject(request['content'])) return { body };
    return { body: asInput(text(request['model']) ?? engineIn(path) ?? '', request, textOf(request['content'])), give: firstOf };
  },
};
