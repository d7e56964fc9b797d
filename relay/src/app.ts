/** One relay worker, put together from parts that are built elsewhere. Tests build it with other far ends; main.ts with the real ones. */
import { anthropicMessages } from './dialects/anthropic-messages/dialect.ts';
import type { Dialect, Surface } from './dialects/dialect.ts';
import { gemini } from './dialects/gemini/dialect.ts';
import { openaiChat } from './dialects/openai-chat/dialect.ts';
import { openaiResponses } from './dialects/openai-responses/dialect.ts';
import { type Method, type Route, Routes } from './edge/routes.ts';
import { Server } from './edge/server.ts';
import { inputTokens, messageTokens } from './endpoints/counters.ts';
import { platformChat, platformEdits, platformGenerations, platformIn } from './endpoints/platform.ts';
import { endpoints } from './endpoints/table.ts';
import { Failure } from './failure/failure.ts';
import { subscription, usage } from './pipeline/lookups/billing.ts';
import { chat } from './pipeline/chat.ts';
import { countTokens } from './pipeline/lookups/count-tokens.ts';
import type { Exchange } from './pipeline/exchange.ts';
import { notImplemented } from './pipeline/lookups/files.ts';
import { modelAction } from './pipeline/entry/model-action.ts';
import { live, ready, type Readiness } from './pipeline/lookups/health.ts';
import { listModels, listResponseModels, readModel } from './pipeline/lookups/models.ts';
import { readStory } from './pipeline/lookups/read-story.ts';
import { refuse } from './pipeline/entry/refuse.ts';
import { realtime } from './realtime/realtime.ts';
import type { Relay } from './pipeline/relay.ts';

export interface EdgeLimits {
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  readonly stallMs: number;
  readonly keepAliveMs: number;
  readonly trustedProxies: readonly string[];
}

/** Its prefixes, and everywhere else its actions. */
const geminiPath = /^\/(gemini\/)?v1(beta|alpha)(\/|$)|^\/gemini(\/|$)|^\/v1\/(models|tunedModels)\/.*:[A-Za-z]+$/;

/** The address decides in which words an answer is given, before anything else is known. */
function dialectAt(path: string): Dialect {
  if (path.startsWith('/v1/messages')) return anthropicMessages;
  if (geminiPath.test(path)) return gemini;
  return path.startsWith('/v1/responses') || path.startsWith('/responses/') ? openaiResponses : openaiChat;
}

/** The name of a model stands in the address, before its action. */
const geminiModels = ['/v1beta', '/v1alpha', '/v1', '/gemini/v1beta', '/gemini/v1alpha', '/gemini/v1'].flatMap((version) => [`${version}/models/*`, `${version}/tunedModels/*`]);
const geminiLists = ['/v1beta/models', '/v1alpha/models', '/gemini/v1beta/models', '/gemini/v1/models'];

/** Known, and not built (relay-api 9). */
const unbuilt: readonly { method: Method; path: string }[] = [
  { method: 'GET', path: '/v1/files' }, { method: 'POST', path: '/v1/files' }, { method: 'GET', path: '/v1/files/*' }, { method: 'DELETE', path: '/v1/files/*' },
  { method: 'DELETE', path: '/v1/models/*' },
  ...(['GET', 'POST'] as const).flatMap((method) => ['/v1/fine-tunes', '/v1/fine-tunes/*'].map((path) => ({ method, path }))),
];

export function relayServer(relay: Relay, readiness: Readiness, limits: EdgeLimits): Server {
  const routes = new Routes([
    { method: 'POST', path: '/v1/chat/completions', handle: (exchange) => chat(exchange, openaiChat, relay) },
    { method: 'POST', path: '/v1/responses', handle: (exchange) => chat(exchange, openaiResponses, relay) },
    { method: 'POST', path: '/responses/v1/responses', handle: (exchange) => chat(exchange, openaiResponses, relay) },
    { method: 'POST', path: '/v1/messages', handle: (exchange) => chat(exchange, anthropicMessages, relay) },
    { method: 'POST', path: '/v1/messages/count_tokens', handle: (exchange) => countTokens(exchange, messageTokens, relay) },
    { method: 'POST', path: '/v1/responses/input_tokens', handle: (exchange) => countTokens(exchange, inputTokens, relay) },
    ...geminiModels.map((path): Route => ({ method: 'POST', path, handle: (exchange) => modelAction(exchange, relay) })),
    ...endpoints.flatMap(({ endpoint, paths }) => paths.map((path): Route => ({ method: 'POST', path, handle: (exchange) => chat(exchange, endpoint, relay) }))),
    ...unbuilt.map(({ method, path }): Route => ({ method, path, handle: (exchange) => notImplemented(exchange, relay) })),
    { method: 'POST', path: '/*/v1/chat/completions', handle: (exchange) => onPlatform(exchange, platformChat, relay) },
    { method: 'POST', path: '/*/v1/images/generations', handle: (exchange) => onPlatform(exchange, platformGenerations, relay) },
    { method: 'POST', path: '/*/v1/images/edits', handle: (exchange) => onPlatform(exchange, platformEdits, relay) },
    ...['', '/v1'].flatMap((prefix): Route[] => [
      { method: 'GET', path: `${prefix}/dashboard/billing/subscription`, handle: (exchange) => subscription(exchange, relay) },
      { method: 'GET', path: `${prefix}/dashboard/billing/usage`, handle: (exchange) => usage(exchange, relay) },
    ]),
    { method: 'GET', path: '/v1/realtime', upgrades: true, handle: (exchange) => realtime(exchange, relay) },
    { method: 'GET', path: '/v1/models', handle: (exchange) => listModels(exchange, relay) },
    { method: 'GET', path: '/responses/v1/models', handle: (exchange) => listResponseModels(exchange, relay) },
    ...geminiLists.map((path): Route => ({ method: 'GET', path, handle: (exchange) => listModels(exchange, relay, 'gemini') })),
    ...geminiLists.map((path): Route => ({ method: 'GET', path: `${path}/*`, handle: (exchange) => readModel(exchange, relay, 'gemini') })),
    { method: 'GET', path: '/v1beta/openai/models', handle: (exchange) => listModels(exchange, relay, 'openai') },
    { method: 'GET', path: '/v1/models/*', handle: (exchange) => readModel(exchange, relay) },
    { method: 'GET', path: '/internal/trace/*', handle: (exchange) => readStory(exchange, relay) },
    { method: 'GET', path: '/livez', handle: live },
    { method: 'GET', path: '/readyz', handle: (exchange) => ready(exchange, relay, readiness) },
  ]);
  return new Server({
    ...limits,
    routes,
    refuse: (exchange, failure) => refuse(exchange, failure, dialectAt(exchange.path)),
    onBug: (exchange, error) => onBug(exchange, error, relay),
    now: () => relay.clock.now(),
    keepsHeaders: () => relay.snapshots.current()?.readsHeaders ?? false,
  });
}

function onPlatform(exchange: Exchange, surface: Surface, relay: Relay): Promise<unknown> | void {
  const platform = platformIn(exchange.path);
  if (platform !== undefined) return chat(exchange, surface, relay, platform);
  refuse(exchange, new Failure('invalid_url', { say: `Invalid URL (POST ${exchange.path.slice(0, 512)})` }), openaiChat);
}

function onBug(exchange: Exchange, error: unknown, relay: Relay): void {
  relay.log.error({ err: error, requestId: exchange.id, path: exchange.path.slice(0, 256) }, 'a bug ended this exchange');
  if (exchange.begun) exchange.cut(); else refuse(exchange, new Failure('internal'), dialectAt(exchange.path));
}

/** For an exchange that is still waiting for its answer when the relay goes. */
export const refuseDraining = (exchange: Exchange): void => refuse(exchange, new Failure('draining'), dialectAt(exchange.path));
