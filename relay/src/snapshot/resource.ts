/** One resource of the picture, checked member by member (CFG-05): what passes here is safe to serve from. */
import { z } from 'zod';
import type { RelayChannel, RelayGroup, RelayPrice, RelaySettings, RelayToken, RelayUser } from '../gql/types.gen.ts';
import { settingsForm } from './settings-form.ts';

export type Resource =
  | { readonly kind: 'channel'; readonly value: RelayChannel }
  | { readonly kind: 'token'; readonly value: RelayToken }
  | { readonly kind: 'user'; readonly value: RelayUser }
  | { readonly kind: 'group'; readonly value: RelayGroup }
  | { readonly kind: 'price'; readonly value: RelayPrice }
  | { readonly kind: 'settings'; readonly value: RelaySettings };

/** Largest JSON text of one resource, in characters. */
const longestBody = 1_048_576;

const id = z.int().min(1).max(2 ** 31 - 1);
const integer = z.int().min(-(2 ** 31)).max(2 ** 31 - 1);
const word = z.string().max(512).regex(/\S/, 'must not be blank');
const label = z.string().max(512);
const words = z.array(word).max(10_000);
/** Up to ten million times: anything above is a slip of the keyboard, not a price. */
const millionths = z.int().min(0).max(10_000_000 * 1_000_000);

const jsonText = z.string().max(200_000).nullish();
const rules = z.object({
  setting: jsonText, statusCodeMapping: jsonText, paramOverride: jsonText, headerOverride: jsonText,
  proxyEnvelope: jsonText,
});

const channel = z.object({
  id, name: word, type: integer, status: z.enum(['ENABLED', 'DISABLED', 'AUTO_DISABLED']),
  // An address, or a word for one that its provider knows.
  baseUrl: z.union([z.url({ protocol: /^https?$/ }).max(2_048), z.string().regex(/^[a-z]+(?:-[a-z]+)+$/).max(64)]).nullish(),
  credentials: z.array(z.object({ id, envelope: z.string().min(1).max(65_536), place: z.int().min(0).nullish() })).max(10_000),
  models: words, groups: words,
  modelMapping: z.array(z.object({ from: word, to: word })).max(10_000)
    .refine((list) => new Set(list.map((entry) => entry.from)).size === list.length, 'maps a model twice'),
  priority: integer, weight: z.int().min(0).max(2 ** 31 - 1), testModel: label.nullish(), tag: label.nullish(),
  credentialMode: z.enum(['RANDOM', 'POLLING']).default('RANDOM'), autoBan: z.boolean().default(true), rules: rules.nullish(),
  extra: z.object({ other: z.string().max(16_384), organization: label, settings: z.string().max(65_536) }),
});

const token = z.object({
  id, userId: id, keyHash: z.string().regex(/^[0-9a-f]{64}$/), name: label,
  status: z.enum(['ENABLED', 'DISABLED', 'EXPIRED', 'EXHAUSTED']), expiresAt: z.int().nullish(), unlimited: z.boolean(),
  group: label, models: words.nullish(), allowIps: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).max(10_000),
  crossGroupRetry: z.boolean().default(false),
});

const user = z.object({ id, username: word, role: z.int().min(0), enabled: z.boolean(), group: word, acceptsUnpriced: z.boolean().default(false) });
/** A picture from before exceptions has none. */
const group = z.object({
  name: word, ratio: millionths, selectable: z.boolean(),
  ratios: z.array(z.object({ userGroup: word, ratio: millionths })).max(10_000).default([]), allowed: z.array(word).max(10_000).default([]), refused: z.array(word).max(10_000).default([]),
});

const price = z.object({
  model: word, version: z.int().min(0), mode: z.enum(['RATIO', 'PER_CALL', 'TIERED']), modelRatio: millionths, completionRatio: millionths,
  cacheReadRatio: millionths, cacheWriteRatio: millionths, cacheWrite1hRatio: millionths, imageRatio: millionths,
  audioRatio: millionths, audioCompletionRatio: millionths, callPrice: millionths,
  expression: z.object({ text: z.string().max(16_384), sha256: z.string().regex(/^[0-9a-f]{64}$/) }).nullish(),
}).refine((of) => (of.mode === 'RATIO' ? of.callPrice : of.modelRatio) === 0, 'has both a ratio and a price per call')
  .refine((of) => (of.mode === 'TIERED') === Boolean(of.expression), 'has an expression without its mode, or the mode without one');

const reader = <Kind extends string, Value>(kind: Kind, schema: z.ZodType<Value>) => (input: unknown) => {
  const { data, error } = schema.safeParse(input);
  return data === undefined ? String(error?.issues[0] && `${error.issues[0].path.join('.')} ${error.issues[0].message}`) : { kind, value: data };
};

const readers: { readonly [kind: string]: (input: unknown) => Resource | string } = {
  channel: reader('channel', channel),
  token: reader('token', token),
  user: reader('user', user),
  group: reader('group', group),
  price: reader('price', price),
  settings: reader('settings', settingsForm),
};

function identity(resource: Resource): string {
  switch (resource.kind) {
    case 'channel': case 'token': case 'user': return `${resource.kind}:${resource.value.id}`;
    case 'group': return `group:${resource.value.name}`;
    case 'price': return `price:${resource.value.model}`;
    case 'settings': return 'settings:site';
  }
}

/** The resource, or a sentence that says what is wrong with it and where. */
export function readResource(key: string, body: string): Resource | string {
  const kind = key.slice(0, key.indexOf(':'));
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (!read) return `${key.slice(0, 80)}: no resource of this kind is known`;
  if (body.length > longestBody) return `${key}: is larger than ${longestBody} characters`;
  let input: unknown;
  try { input = JSON.parse(body); } catch { return `${key}: is not JSON`; }
  const resource = read(input);
  if (typeof resource === 'string') return `${key}: ${resource}`;
  return identity(resource) === key ? resource : `${key}: its body names ${identity(resource)}`;
}
