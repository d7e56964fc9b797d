/** What goes out to a channel for one request: its model there, its address, headers and body, as the operator and the provider want them. */
import type { ChatRequest } from '../../dialects/chat-event.ts';
import { isDialect } from '../../dialects/dialect.ts';
import type { ThoughtMemory } from '../../dialects/memory/thought-memory.ts';
import { Failure } from '../../failure/failure.ts';
import type { SuffixedModel } from '../../providers/parts/model-suffixes.ts';
import type { Call as ProviderCall } from '../../providers/provider.ts';
import type { Credential } from '../../routing/credential.ts';
import { mappedModel } from '../../routing/model-mapping.ts';
import { rulesOf } from '../../routing/rules/channel-rules.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import type { Received } from '../entry/received.ts';
import type { Client } from './attempt.ts';
import { withQuery } from './client-query.ts';
import { claudeHeaders, passedOr, withHeaders } from './model-headers.ts';
import { suffixedModel, wantedOf } from './model-way.ts';
import { prompted, ruled } from './ruled-call.ts';
import { suffixedBody, suffixedRequest } from './suffixed-request.ts';
import type { Trial } from './trial.ts';
import { type Address, answerForm, addressFor, callOf, headersFor, inlining, outgoing, targetOf, type Outgoing, type Target } from './upstream-call.ts';

export interface Call extends Outgoing { target: Target; facts: ProviderCall; upstreamModel: string; address: Address; headers: readonly string[] }

/** What goes out to a channel, and where. Failures: those of the channel, of its rules, and of conversion. */
export function prepare(exchange: Client, given: Received, { channel, credential, thoughts }: { channel: Channel; credential: Credential; thoughts: ThoughtMemory }, trial: Trial): Call | Failure {
  const request = channel.rules ? prompted(given, channel, exchange) : given;
  if (request instanceof Failure) return request;
  const mapped = mappedModel(request.facts.model, channel.modelMapping);
  if (mapped instanceof Failure) return mapped;
  const { models } = trial, names = { asked: request.facts.model, mapped };
  const suffixed = suffixedModel(names, channel, models), upstreamModel = suffixed?.model ?? mapped;
  const found = targetOf(channel, wantedOf(request, channel, upstreamModel, trial));
  if (found instanceof Failure) return found;
  const target = inlining(found, request);
  const facts = callOf(target, credential, upstreamModel, request.facts, models);
  if (facts instanceof Failure) return facts;
  const placed = addressFor(target, facts, credential.id);
  if (placed instanceof Failure) return placed;
  const address = exchange.query !== '' && request.facts.query === undefined ? withQuery(placed, exchange.query, target) : placed;
  const own = headersFor(target, facts, credential.id, exchange.headers, request.upload && exchange.headers.contentType);
  if (own instanceof Failure) return own;
  const added = models.claude.headers && target.dialect.name === 'anthropic-messages' ? claudeHeaders(models.claude.headers, [names.asked, mapped, upstreamModel]) : [];
  const headers = added.length > 0 ? withHeaders(own, added) : own;
  const out = !request.upload && passesWhole(target, channel, trial) ? { body: given.body } : outgoing(target, request, upstreamModel, { models, signatures: thoughts.signatures, restore: (read) => asNamed(thoughts.restored(given.owner, read), suffixed) });
  if (out instanceof Failure) return out;
  // Rules change members of JSON: of a form they see its fields, and what passes is the form.
  const json = Buffer.isBuffer(out.body) ? (suffixed && target.passThrough && isDialect(request.dialect) ? suffixedBody(out.body, request.dialect.name, suffixed) : out.body) : request.body;
  const shape = ruled({ body: json, headers }, { channel, request, credential, upstreamModel, trial }, exchange);
  if (shape instanceof Failure) return shape;
  const form = rewritesAnswer(channel, target) && !request.upload ? answerForm(target, request, upstreamModel, models) : undefined;
  const call = { ...out, ...shape, ...(form ? { conversion: form } : {}), target, facts, upstreamModel, address };
  if (!Buffer.isBuffer(out.body)) return { ...call, body: out.body };
  return { ...call, body: target.provider.wrapBody?.(shape.body, facts, passedOr(exchange.headers, added), models) ?? shape.body };
}

const asNamed = (read: ChatRequest, suffixed: SuffixedModel | undefined): ChatRequest => (suffixed ? suffixedRequest(read, suffixed) : read);

/** The operator wants answers written anew, also where both ends speak one dialect. */
function rewritesAnswer(channel: Channel, { switches, dialect }: Target): boolean {
  const rules = rulesOf(channel);
  return (switches.repair === true && dialect.name === 'openai-chat') || rules !== undefined && (rules.forceFormat || rules.thinkingToContent);
}

/** The operator wants bodies to go out as they came, and both ends speak one dialect. */
const passesWhole = (target: Target, channel: Channel, { passBody }: Trial): boolean =>
  (passBody || rulesOf(channel)?.passBody === true) && target.passThrough && !target.served?.writeRequest && !target.served?.readAnswer;
