/** What an attempt sends, and where. All that does not change from request to request is kept with its channel. */
import { isCodec, isDialect, type RequestFacts, type Surface, type Wire } from '../../dialects/dialect.ts';
import type { SeenSignatures } from '../../dialects/memory/seen-signatures.ts';
import { usualLimit } from '../../dialects/anthropic-messages/thinking-writer.ts';
import { type EndpointCall, writeEndpoint } from '../../endpoints/rewritten.ts';
import { servedBy } from '../../endpoints/served-by.ts';
import type { ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import type { ModelSettings } from '../../models/model-settings.ts';
import { type Capabilities, capabilitiesOf } from '../../providers/parts/capabilities.ts';
import { readCredential } from '../../providers/parts/credential-form.ts';
import { withAbilities } from '../../providers/parts/ability-rules.ts';
import { readSwitches, type Switches, usualSwitches } from '../../providers/parts/switches.ts';
import { providerFor } from '../../providers/provider-list.ts';
import type { Call as ProviderCall, Credential as Fields, Provider } from '../../providers/provider.ts';
import { type ClientRequest, type ConvertedRequest, convertRequest, type Destination } from '../../providers/parts/request-conversion.ts';
import { baseOf, isFixedAddress, upstreamAddress } from '../../providers/parts/upstream-address.ts';
import { upstreamHeaders } from '../../providers/parts/upstream-headers.ts';
import type { Credential } from '../../routing/credential.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import type { Upload } from '../../uploads/upload.ts';
import type { BodySource } from '../../upstream/upstream.ts';
import type { RequestHeaders } from '../exchange.ts';
import { hopHeader } from '../entry/hops.ts';
import type { Received } from '../entry/received.ts';

/** A channel as seen from one kind of call. */
export interface Target {
  readonly provider: Provider;
  /** What is spoken upstream: the client's own dialect wherever the provider knows it. */
  readonly dialect: Wire;
  readonly passThrough: boolean;
  /** It streams although the client wants the answer whole. */
  readonly putTogether: boolean;
  readonly able: Capabilities;
  /** How the provider differs at this endpoint; undefined for chat. */
  readonly served: ServedAs | undefined;
  /** What the channel says of conversions. */
  readonly switches: Switches;
  readonly channel: Channel;
  readonly base: string;
  /** By credential: what its form says. */
  readonly fields: Map<number, Fields>;
  /** By what decides it; one only where the provider has no path of its own. */
  readonly addresses: Map<string, Address | Failure>;
  /** By credential; the same array each time, as the upstream client keeps what it rendered from it. */
  readonly headers: Map<number, readonly string[]>;
}

export interface Address { readonly origin: string; readonly path: string }

/** Pinned channels take any name of a model. */
const mostAddresses = 512;

type Targets = Map<string, Target | Failure>;
/** Of one kind of call: one for all models, or one for each, of streams apart. */
interface Lane { one: Target | Failure | undefined; readonly wholes: Targets; readonly streams: Targets }

/** Channels are replaced, never changed: what was made for one is valid as long as the object lives. */
const known = new WeakMap<Channel, Map<string, Lane>>();

/** The lane of openai-chat that is not native. */
const viaResponses = 'openai-chat as openai-responses';

/** What a call asks of a channel. */
export interface Wanted {
  readonly client: Surface;
  /** The provider's name for it. */
  readonly model: string;
  readonly stream: boolean;
  /** It goes out as openai-responses, where the provider speaks that. */
  readonly asResponses?: boolean;
}

export function targetOf(channel: Channel, wanted: Wanted): Target | Failure {
  let lanes = known.get(channel);
  if (!lanes) known.set(channel, lanes = new Map());
  const name = wanted.asResponses ? viaResponses : wanted.client.name;
  let lane = lanes.get(name);
  if (!lane) lanes.set(name, lane = { one: undefined, wholes: new Map(), streams: new Map() });
  if (lane.one) return lane.one;
  const targets = wanted.stream ? lane.streams : lane.wholes;
  const target = targets.get(wanted.model) ?? newTarget(channel, wanted);
  // Nearly always the dialect of the client decides alone.
  if (target instanceof Failure || !dependsOnModel(target)) return lane.one = target;
  if (targets.size >= mostAddresses) targets.clear();
  targets.set(wanted.model, target);
  return target;
}

/** For bodies that cannot pass after all: the same, but converted from and to the same dialect. */
const twins = new WeakMap<Target, Target>();
const webAddress = Buffer.from('"http'), byAddress = /"type"\s*:\s*"url"/;

/**
 * Clouds that host a dialect may take no addresses in it: then media must be fetched, and its bytes put in (providers 4.4). Costs a look
 * for `"http` in bodies for such clouds, and nothing for others.
 */
export function inlining(target: Target, { body }: Pick<Received, 'body'>): Target {
  const { provider, able, passThrough, served } = target;
  if (!passThrough || served || !provider.wrapBody || able.images !== 'bytes') return target;
  if (!body.includes(webAddress) || !byAddress.test(body.toString('latin1'))) return target;
  let twin = twins.get(target);
  if (!twin) twins.set(target, twin = { ...target, passThrough: false, headers: new Map() });
  return twin;
}

const dependsOnModel = ({ provider: { languages, able }, switches }: Target): boolean => languages !== undefined || switches.abilities !== undefined || typeof able === 'function' || able?.streamOnly === true;

function newTarget(channel: Channel, wanted: Wanted): Target | Failure {
  const provider = providerFor(channel);
  return provider ? makeTarget(provider, channel, wanted) : new Failure('do_request_failed', { note: `no provider claims channel type ${channel.type}` });
}

function makeTarget(provider: Provider, channel: Channel, { client, model, stream, asResponses }: Wanted): Target | Failure {
  const served = servedBy(provider, client), switches = readSwitches(channel.extra.settings, channel.rules?.setting);
  const able = withAbilities(capabilitiesOf(provider.able, model, channel.extra), switches.abilities, model);
  const languages = provider.languages?.(model, channel.extra, firstOf(channel, provider)) ?? provider.speaks;
  const wished = asResponses ? languages.find((dialect) => dialect.name === 'openai-responses') : undefined;
  const isChat = isDialect(client), own = wished ?? languages.find((dialect) => dialect.name === client.name);
  const putTogether = isChat && able.streamOnly && !stream;
  const passThrough = isChat ? own !== undefined && !wished && !putTogether : !served?.writeRequest;
  const dialect = isChat && !passThrough ? own ?? languages[0] : client;
  if (!dialect || (!served && !isChat)) return new Failure('channel:not_served', { note: `${provider.name} does not serve ${client.name}` });
  const base = baseOf(provider, channel.baseUrl);
  return { provider, dialect, passThrough, putTogether, served, able, switches, channel, base, fields: new Map(), addresses: new Map(), headers: new Map() };
}

/** The keys of one channel have one form. */
const firstOf = ({ credentials }: Channel, provider: Provider): Fields => readCredential(provider, credentials[0]?.secret ?? '') ?? {};

/** Failure: the stored secret does not fit the form of the provider. */
export function callOf(target: Target, { id, secret }: Credential, model: string, { stream, version, query }: RequestFacts, models: ModelSettings): ProviderCall | Failure {
  const { dialect, passThrough, putTogether, channel, provider, base, fields } = target;
  const credential = fields.get(id) ?? readCredential(provider, secret);
  if (!credential) return new Failure('channel:invalid_key', { note: `the credential does not fit ${provider.name}` });
  fields.set(id, credential);
  const own = passThrough && query !== undefined ? { version, query } : dialect.name === 'gemini' ? { version: models.gemini.versions.of(model) } : undefined;
  return { dialect, model, stream: stream || putTogether, credential, extra: channel.extra, base, models, ...own };
}

/** Failure: the address of the channel is none. */
export function addressFor(target: Target, call: ProviderCall, credentialId: number): Address | Failure {
  const fixed = isFixedAddress(target.provider, target.dialect);
  const key = fixed ? '' : `${credentialId} ${call.stream} ${call.model} ${call.version ?? ''} ${call.query ?? ''} ${call.models?.atOnceKey ?? ''}`;
  let address = target.addresses.get(key);
  if (!address) {
    if (target.addresses.size >= mostAddresses) target.addresses.clear();
    const url = upstreamAddress(target.provider, call);
    target.addresses.set(key, address = url instanceof Failure ? url : { origin: url.origin, path: url.pathname + url.search });
  }
  return address;
}

/**
 * Name, value, name, value … Failure: `channel:invalid_key`.
 *
 * @param contentType of a body that is no JSON
 */
export function headersFor(target: Target, call: ProviderCall, credentialId: number, client: RequestHeaders, contentType?: string): readonly string[] | Failure {
  const passes = target.passThrough && client.hasPassed, own = passes || client.hops > 0;
  const kept = own || contentType !== undefined ? undefined : target.headers.get(credentialId);
  if (kept) return kept;
  const headers = upstreamHeaders(target.provider, call, passes ? (name) => client.passed(name) : undefined);
  if (headers instanceof Failure) return headers;
  // Only an address of its own can lead back to us; providers need not read how they are reached.
  const marked = target.channel.baseUrl ? [hopHeader, String(client.hops + 1)] : [];
  const flat = Object.freeze([...headers.flatMap(([name, value]) => [name, name === 'content-type' ? contentType ?? value : value]), ...marked]);
  if (!own && contentType === undefined) target.headers.set(credentialId, flat);
  return flat;
}

/** What goes out, and, where it had to be put into other words, what its answer needs on the way back. */
export interface Outgoing { readonly body: Buffer | BodySource; readonly conversion?: ConvertedRequest; readonly rewritten?: EndpointCall }

/** The body under the channel's name for the model. Pass-through changes nothing but that name and the wish for usage. */
export interface Means { readonly models: ModelSettings; readonly signatures: SeenSignatures; readonly restore: ClientRequest['restore'] }

export function outgoing(target: Target, request: Received, upstreamModel: string, { models, signatures, restore }: Means): Outgoing | Failure {
  const { body, facts, dialect, upload } = request;
  if (upload) return target.passThrough ? formCall(upload, facts, upstreamModel) : new Failure('convert_request_failed', { say: 'The provider of this model takes no form here; send JSON.' });
  if (target.served?.writeRequest || target.served?.readAnswer) return otherWords(target.served, request, upstreamModel, models);
  const { provider, able, dialect: to, putTogether, switches } = target;
  if (!target.passThrough && isDialect(dialect) && isCodec(to)) return converted({ body, facts, dialect, restore, media: request.media }, { provider, to, able, model: upstreamModel, stream: facts.stream || putTogether, models, switches });
  const askUsage = facts.stream && !facts.wantsUsage && able.streamUsage === 'asked';
  const renamed = upstreamModel !== facts.model || facts.unnamed, unlimited = facts.unlimited === true && isDialect(dialect);
  const sealed = withForeign(target, request, signatures);
  if (!askUsage && !renamed && !sealed.length && !facts.unsent && !unlimited) return { body };
  const limit = unlimited ? usualLimit(upstreamModel, models, facts.model) : undefined;
  const known = sealed === facts.sealed ? facts : { ...facts, sealed };
  return { body: dialect.rewrite(body, known, { askUsage, family: houseOf(target), ...(renamed ? { model: upstreamModel } : {}), ...(limit === undefined ? {} : { limit }) }) };
}

/** Where signatures stand that the upstream must not see: sealed ones, and those that other houses of its dialect were seen to make. */
function withForeign(target: Target, { body, facts, dialect }: Received, signatures: SeenSignatures): readonly number[] {
  const foreign = isDialect(dialect) && dialect.name !== 'openai-chat' ? signatures.foreignTo(houseOf(target), body) : none;
  return foreign.length > 0 ? [...facts.sealed, ...foreign].sort((one, other) => one - other) : facts.sealed;
}

const none: readonly number[] = [];
const houses: Readonly<Record<string, string>> = { 'anthropic-messages': 'anthropic', 'openai-responses': 'openai', gemini: 'google' };

/** Whose signatures its answers carry. */
export const houseOf = ({ provider, dialect }: Target): string => (provider.house ? houses[dialect.name] : undefined) ?? provider.name;

/** The model is the only field that changes. */
function formCall(upload: Upload, facts: RequestFacts, model: string): Outgoing {
  const field = upload.fields.find(({ name }) => name === 'model');
  if (field && model === facts.model) return { body: upload.source([]) };
  return { body: upload.source([field ? { start: field.start, end: field.end, text: model } : upload.newField('model', model)]) };
}

function otherWords(served: ServedAs, { body, dialect, facts }: Received, upstreamModel: string, models: ModelSettings): Outgoing | Failure {
  const rewritten = writeEndpoint(served, dialect.rewrite(body, facts, { model: upstreamModel }), models);
  return rewritten instanceof Failure ? rewritten : { body: rewritten.body, rewritten };
}

const repaired: Switches = { ...usualSwitches, repair: true };

/** What it takes to write the answer anew, of a request that goes out as it came (semantics 3.6, `force_format`). Undefined: it cannot be read, and its answer passes. */
export function answerForm(target: Target, { body, dialect, facts }: Received, upstreamModel: string, models: ModelSettings): ConvertedRequest | undefined {
  const { provider, able, dialect: to } = target;
  if (!target.passThrough || !isDialect(dialect) || !isCodec(to)) return undefined;
  const conversion = convertRequest({ body, dialect, facts }, { provider, to, able, model: upstreamModel, stream: facts.stream, models, switches: target.switches.repair ? repaired : usualSwitches });
  return conversion instanceof Failure ? undefined : { ...conversion, warnings: [] };
}

function converted(request: ClientRequest, destination: Destination): Outgoing | Failure {
  const conversion = convertRequest(request, destination);
  return conversion instanceof Failure ? conversion : { body: conversion.body, conversion };
}
