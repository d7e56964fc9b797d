/** Which of a channel's credentials an attempt uses (semantics 3.5). */
import { Failure } from '../failure/failure.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import type { Chance } from './choose.ts';
import type { Cooldown } from './cooldown.ts';

export type Credential = Channel['credentials'][number];

/** A random one that does not rest; when all rest, a random one. Failure: `channel:no_available_key` when there is none. */
export function chooseCredential(channel: Channel, cooldown: Cooldown, now: number, chance: Chance): Credential | Failure {
  const all = channel.credentials;
  if (all.length === 1) return all[0]!;
  const awake = all.filter((credential) => !cooldown.isResting(credential.id, now));
  const usable = awake.length > 0 ? awake : all;
  return usable[Math.floor(chance() * usable.length)] ?? new Failure('channel:no_available_key', { note: `channel ${channel.id} has no credential` });
}

/** A channel rests while all its credentials do. */
export const isChannelResting = (channel: Channel, cooldown: Cooldown, now: number): boolean =>
  channel.credentials.length > 0 && channel.credentials.every((credential) => cooldown.isResting(credential.id, now));
