/** `/{platform}/v1/…`: the same calls, served only by the channels of one platform: a provider's name, or a group of channels (relay-api 1). */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { ClientForm, Dialect, Surface } from '../dialects/dialect.ts';
import { isObject, list, member, parseJson, text } from '../dialects/json-member.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { wrong } from '../dialects/request/request-members.ts';
import { Failure } from '../failure/failure.ts';
import { imageEdits, imageGenerations } from './images.ts';
import { providerFor } from '../providers/provider-list.ts';
import { providers } from '../providers/index.gen.ts';
import type { Stage } from '../routing/stages.ts';
import type { Channel, Snapshot } from '../snapshot/snapshot.ts';

/** First segments that are addresses of their own. */
const reserved = new Set(['api', 'v1', 'v1beta', 'v1alpha', 'mj', 'suno', 'kling', 'jimeng', 'dashboard', 'pg', 'responses', 'gemini', 'internal']);
const names: ReadonlySet<string> = new Set(providers.map(({ name }: { name: string }) => name));

/** The platform that an address names; undefined: its first segment is none. */
export function platformIn(path: string): string | undefined {
  const name = /^\/([A-Za-z0-9_-]{1,64})\/v1\//.exec(path)?.[1];
  return name === undefined || reserved.has(name) ? undefined : name;
}

export const isPlatform = (platform: string, snapshot: Pick<Snapshot, 'group'>): boolean => names.has(platform) || snapshot.group(platform) !== undefined;

const isOf = (channel: Channel, platform: string): boolean => channel.groups.includes(platform) || providerFor(channel)?.name === platform;

/** Of these channels those of the platform; groups without one are passed over. May be empty. */
export const stagesOf = (stages: readonly Stage[], platform: string): readonly Stage[] =>
  stages.map(({ group, channels }) => ({ group, channels: channels.filter((channel) => isOf(channel, platform)) })).filter(({ channels }) => channels.length > 0);

/** Models that answer with bytes and refuse to be asked for them. */
const bytesAlone = /^(?:chat)?gpt-/;

/** Pictures by default in base64, as data addresses (relay-api 8). Pictures that are made later are tasks, and refused here. */
const platformForm: ClientForm = (body, { query }) => {
  const request = parseJson(body.toString('utf8'));
  if (!isObject(request)) return { body };
  const { async: later, response_format: asked, ...rest } = request;
  if (later === true || later === 'true' || new URLSearchParams(query).get('async') === 'true') return new Failure('api_not_implemented');
  const usual: JsonObject = bytesAlone.test(text(request['model']) ?? '') ? {} : { response_format: 'b64_json' };
  const sent = Buffer.from(JSON.stringify({ ...rest, ...(asked === undefined ? usual : { response_format: asked }) }));
  return asked === undefined || asked === 'b64_json' ? { body: sent, give: dataAddresses } : { body: sent };
};

const dataAddresses = (answer: JsonObject): JsonObject => ({
  ...answer,
  data: list(answer['data']).map((each): Json => {
    const bytes = text(member(each, 'b64_json'));
    return isObject(each) && bytes && !bytes.startsWith('data:') ? { ...each, b64_json: `data:image/png;base64,${bytes}` } : each;
  }),
});

/** Platforms have no usual model. */
const named = (own: Surface): Surface['scan'] => (body, address) => {
  const facts = own.scan(body, address);
  return facts instanceof Failure || !facts.unnamed ? facts : wrong('model', 'is required');
};

/** A form without files is the JSON of its fields. */
export const platformGenerations: Surface = { ...imageGenerations, scan: named(imageGenerations), clientForm: platformForm, form: { only: false, asJson: true, estimate: () => 0 } };
export const platformEdits: Surface = { ...imageEdits, scan: named(imageEdits), clientForm: platformForm, ...(imageEdits.form ? { form: { ...imageEdits.form, give: dataAddresses } } : {}) };

/** Chat whose answers have ids of this form. */
export const platformChat: Dialect = { ...openaiChat, answerId: (requestId) => `foaicmpl-${requestId}` };
