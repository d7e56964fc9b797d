/** `/{platform}/v1/…`: the same calls, served only by the channels of one platform: a provider's name, or a group of channels (relay-api 1). */
import type { Dialect } from '../dialects/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
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

/** Chat whose answers have ids of this form. */
export const platformChat: Dialect = { ...openaiChat, answerId: (requestId) => `foaicmpl-${requestId}` };
