/** A call as its channel wants it (semantics 3.6): the system prompt before anything else, fields and overrides after everything else. */
import { isDialect } from '../../dialects/dialect.ts';
import type { Failure } from '../../failure/failure.ts';
import type { JsonObject } from '../../framing/json.ts';
import { BodyDraft } from '../../routing/rules/body-draft.ts';
import { rulesOf } from '../../routing/rules/channel-rules.ts';
import { withheld, withoutFields } from '../../routing/rules/fields.ts';
import { shapeCall, type Shape } from '../../routing/rules/shape-call.ts';
import { putSystemPrompt } from '../../routing/rules/system-prompt.ts';
import type { Credential } from '../../routing/credential.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import type { Exchange } from '../exchange.ts';
import type { Received } from '../entry/received.ts';
import type { Trial } from './trial.ts';

/** What rules may read of the exchange. */
type Client = Pick<Exchange, 'headers' | 'path'>;

/** The request with the channel's system prompt in it. A body that cannot be read stays: what is wrong with it is said later. */
export function prompted(request: Received, channel: Channel, client: Pick<Exchange, 'path' | 'query'>): Received | Failure {
  const prompt = rulesOf(channel)?.systemPrompt;
  const draft = prompt && isDialect(request.dialect) && BodyDraft.of(request.body);
  if (!prompt || !draft) return request;
  putSystemPrompt(draft, request.dialect.name, prompt);
  const body = draft.bytes(), facts = request.dialect.scan(body, client);
  return 'code' in facts ? facts : request.rewritten(facts, body);
}

interface Parts { readonly channel: Channel; readonly request: Received; readonly credential: Credential; readonly upstreamModel: string; readonly trial: Trial }

/** Failure: an operation of the channel refuses the request. */
export function ruled(call: Shape, { channel, request, credential, upstreamModel, trial }: Parts, client: Client): Shape | Failure {
  const rules = rulesOf(channel), { guarded } = request.facts;
  const out = guarded ? withheld(guarded, channel.extra.settings) : none;
  if (!rules && out.length === 0) return call;
  const allowed = out.length > 0 && !rules?.passBody && !trial.passBody ? { ...call, body: withoutFields(call.body, out) } : call;
  if (!rules) return allowed;
  const context = (): JsonObject => contextOf(request.facts.model, upstreamModel, trial, client);
  return shapeCall(allowed, trial.passBody ? { ...rules, passBody: true } : rules, { client: client.headers.all, apiKey: credential.secret.trim(), context });
}

const none: readonly string[] = [];

function contextOf(original: string, upstream: string, { index, last, isTest }: Trial, { headers, path }: Client): JsonObject {
  const error: JsonObject = last ? { last_error: { status_code: last.status, message: last.failure.say, code: last.failure.details.upstreamCode ?? last.failure.code, type: last.failure.details.upstreamType ?? '' } } : {};
  return {
    model: upstream, upstream_model: upstream, original_model: original, request_path: path, request_headers: Object.fromEntries(headers.all),
    retry_index: index, is_retry: index > 0, is_channel_test: isTest, ...error,
  };
}
