/** `GET /v1/models` in three forms, also under `/responses`, and `GET /v1/models/{model}` (relay-api 7 and 8). */
import { anthropicMessages } from '../../dialects/anthropic-messages/dialect.ts';
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { gemini } from '../../dialects/gemini/dialect.ts';
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { Failure } from '../../failure/failure.ts';
import { percentDecoded } from '../../framing/percent.ts';
import { providerFor } from '../../providers/provider-list.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { endpointTypes } from './endpoint-types.ts';
import { authenticate, type Caller } from '../entry/authenticate.ts';
import type { Exchange } from '../exchange.ts';
import { presentedKey, queryValue } from '../entry/key-forms.ts';
import { currentPicture } from '../entry/picture.ts';
import { refuse } from '../entry/refuse.ts';
import type { Relay } from '../relay.ts';

type Form = 'openai' | 'anthropic' | 'gemini';

/** When models were made nobody knows: one fixed moment for all, as the field does. */
const created = 1_626_777_600;
const createdAt = new Date(created * 1_000).toISOString().replace('.000', '');

/** The choice of headers picks the form; the first match wins. */
function formOf(exchange: Exchange): Form {
  const { headers } = exchange;
  if (headers.apiKey !== '' && headers.anthropicVersion !== '') return 'anthropic';
  return headers.googApiKey !== '' || queryValue(exchange.query, 'key') !== '' ? 'gemini' : 'openai';
}

const dialects: Readonly<Record<Form, Dialect>> = { openai: openaiChat, anthropic: anthropicMessages, gemini };
const dialectOf = (form: Form): Dialect => dialects[form];

/** The models that talk, as openai-responses knows them: every one is converted where its provider speaks another dialect. */
export function listResponseModels(exchange: Exchange, relay: Relay): void {
  const found = access(exchange, relay);
  if (found instanceof Failure) return refuse(exchange, found, openaiChat);
  const models = modelsFor(found.caller, found.snapshot).map((model) => openaiModel(model, found)).filter(({ supported_endpoint_types: types }) => Array.isArray(types) && types.includes('openai'));
  const data = models.map((model) => ({ ...model, supported_endpoint_types: ['openai-response'] }));
  exchange.answer(200, 'application/json', JSON.stringify({ object: 'list', success: true, data }), ['cache-control', 'no-store']);
}

/** @param form where the address tells it */
export function listModels(exchange: Exchange, relay: Relay, form = formOf(exchange)): void {
  const found = access(exchange, relay);
  if (found instanceof Failure) return refuse(exchange, found, dialectOf(form));
  const models = modelsFor(found.caller, found.snapshot);
  exchange.answer(200, 'application/json', JSON.stringify(form === 'gemini' ? geminiPage(models, exchange.query) : listOf(form, models, found)), ['cache-control', 'no-store']);
}

export function readModel(exchange: Exchange, relay: Relay, form = formOf(exchange)): void {
  const found = access(exchange, relay);
  if (found instanceof Failure) return refuse(exchange, found, dialectOf(form));
  const model = percentDecoded(exchange.path.replace(/^.*?\/models\//, ''));
  if (model === undefined || !modelsFor(found.caller, found.snapshot).includes(model)) {
    return refuse(exchange, new Failure('unknown_model', { say: `The model '${(model ?? '').slice(0, 128)}' does not exist`, param: 'model' }), dialectOf(form));
  }
  const body = form === 'openai' ? openaiModel(model, found) : form === 'anthropic' ? anthropicModel(model) : geminiModel(model);
  exchange.answer(200, 'application/json', JSON.stringify(body), ['cache-control', 'no-store']);
}

interface Access { caller: Caller; snapshot: Snapshot }

function access(exchange: Exchange, relay: Relay): Access | Failure {
  const snapshot = currentPicture(relay);
  if (snapshot instanceof Failure) return snapshot;
  const key = presentedKey(exchange.headers, exchange.query, 'any');
  const caller = authenticate(key, exchange, snapshot, relay.lookup);
  return caller instanceof Failure ? caller : { caller, snapshot };
}

/** What the key may call: its group, cut by its own list, and only what has a price unless the instance is in self-use mode, or its owner takes models without one. */
function modelsFor(caller: Caller, snapshot: Snapshot): readonly string[] {
  const own = caller.token.models;
  return reachable(caller, snapshot).filter((model) =>
    (!own || own.includes(model)) && (snapshot.settings.selfUse || caller.user.acceptsUnpriced || snapshot.price(model) !== undefined));
}

/** With the group `auto`: what any of its groups has. */
function reachable(caller: Caller, snapshot: Snapshot): readonly string[] {
  const own = snapshot.modelsOf(caller.group.name);
  if (caller.otherGroups.length === 0) return own;
  return [...new Set([own, ...caller.otherGroups.map((group) => snapshot.modelsOf(group.name))].flat())].toSorted();
}

/** A page begins where the token says, which is the place of its first model. */
function geminiPage(models: readonly string[], query: string): JsonObject {
  const size = Number(queryValue(query, 'pageSize')), from = Number(queryValue(query, 'pageToken'));
  const start = Number.isInteger(from) && from > 0 ? from : 0;
  const end = Number.isInteger(size) && size > 0 ? start + size : models.length;
  return { models: models.slice(start, end).map(geminiModel), nextPageToken: end < models.length ? String(end) : null };
}

function listOf(form: Exclude<Form, 'gemini'>, models: readonly string[], found: Access): Json {
  if (form === 'anthropic') {
    return { data: models.map(anthropicModel), first_id: models[0] ?? null, last_id: models.at(-1) ?? null, has_more: false };
  }
  return { object: 'list', success: true, data: models.map((model) => openaiModel(model, found)) };
}

function openaiModel(id: string, { caller, snapshot }: Access): JsonObject {
  const channels = [caller.group, ...caller.otherGroups].flatMap((group) => snapshot.channelsFor(group.name, id));
  const provider = channels.map((channel) => providerFor(channel)).find((one) => one !== undefined);
  return { id, object: 'model', created, owned_by: provider?.name ?? 'custom', supported_endpoint_types: endpointTypes(id, channels) };
}

const anthropicModel = (id: string): JsonObject => ({ type: 'model', id, display_name: id, created_at: createdAt });

const geminiModel = (id: string): JsonObject => ({
  name: `models/${id}`, version: '001', displayName: id, description: '', inputTokenLimit: 0, outputTokenLimit: 0, supportedGenerationMethods: ['generateContent'],
});
