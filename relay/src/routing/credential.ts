/** Which of a channel's credentials an attempt uses (semantics 3.5). */
import { Failure } from '../failure/failure.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import type { ChannelHealth } from './channel-health.ts';
import type { Chance } from './choose.ts';
import type { Turns } from './turns.ts';

export type Credential = Channel['credentials'][number];

/** What decides beside the channel. */
export interface CredentialChoice { readonly health: ChannelHealth; readonly turns: Turns; readonly chance: Chance; readonly now: number }

/** One that does not rest, by chance or by turn; when all rest, any. Failure: `channel:no_available_key` when there is none. */
export function chooseCredential(channel: Channel, { health, turns, chance, now }: CredentialChoice): Credential | Failure {
  const all = channel.credentials;
  if (all.length === 1) return all[0]!;
  const awake = all.filter((credential) => !health.isCredentialResting(credential.id, now));
  const usable = awake.length > 0 ? awake : all;
  if (usable.length === 0) return new Failure('channel:no_available_key', { note: `channel ${channel.id} has no credential` });
  const place = channel.credentialMode === 'POLLING' ? turns.take(channel.id, usable.length) : Math.floor(chance() * usable.length);
  return usable[place] ?? usable[0]!;
}
