/** The first step: who asks. Needs nothing but the head of the request, so it runs before a body is read (RLY-04). */
import { Failure } from '../../failure/failure.ts';
import type { RelayGroup, RelayToken, RelayUser } from '../../gql/types.gen.ts';
import { keyUsedUp } from '../../quota/refusal.ts';
import { groupsOf } from '../../routing/groups.ts';
import type { Channel, Snapshot } from '../../snapshot/snapshot.ts';
import { isListed } from './address-list.ts';
import type { Exchange } from '../exchange.ts';
import type { PresentedKey } from './key-forms.ts';

export interface Caller {
  readonly token: RelayToken;
  readonly user: RelayUser;
  /** The group that serves, or of `auto` the first that may. */
  readonly group: RelayGroup;
  /** With the group `auto`: the others, in order. */
  readonly otherGroups: readonly RelayGroup[];
  /** A failed attempt may go on in the next of them. */
  readonly crossGroups: boolean;
  /** The one channel that an admin's key names; undefined: routing chooses. */
  readonly pinned: Channel | undefined;
}

const adminRole = 10;

/** One value for all of: missing, malformed, unknown, deleted. Their answers differ in nothing but the request id (decision D8). */
const unknownKey = new Failure('invalid_api_key');

/** When somebody came, and from where; the address costs something, so it is asked for only where it matters. */
export type Visit = Pick<Exchange, 'startedAt' | 'clientAddress'>;

/**
 * Checks in the order of relay-api 2, refusals as decision D8.
 *
 * @param lookup gives the hash under which the snapshot knows a key
 */
export function authenticate(key: PresentedKey, visit: Visit, snapshot: Snapshot, lookup: (secret: string) => string): Caller | Failure {
  const token = key.secret === undefined ? undefined : snapshot.tokenByHash(lookup(key.secret));
  const user = token && snapshot.user(token.userId);
  if (!token || !user) return unknownKey;
  const refusal = refusalOf(token, visit.startedAt)
    ?? (token.allowIps.length > 0 && !isListed(visit.clientAddress, token.allowIps) ? denied('This API key may not be used from your address.') : undefined)
    ?? (user.enabled ? undefined : denied('The owner of this API key is disabled.'));
  if (refusal) return refusal;
  const groups = groupsOf(token, user, snapshot);
  if (groups instanceof Failure) return groups;
  const pinned = key.pin === undefined ? undefined : pinnedChannel(key.pin, user, snapshot);
  if (pinned instanceof Failure) return pinned;
  return { token, user, group: groups.group, otherGroups: groups.otherGroups, crossGroups: token.crossGroupRetry, pinned };
}

const denied = (say: string): Failure => new Failure('access_denied', { say });

function refusalOf(token: RelayToken, now: number): Failure | undefined {
  if (token.status === 'DISABLED') return denied('This API key is disabled.');
  if (token.status === 'EXPIRED' || (token.expiresAt != null && token.expiresAt <= now)) return new Failure('token_expired');
  if (token.status === 'EXHAUSTED') return new Failure('insufficient_user_quota', { say: keyUsedUp });
  return undefined;
}

/** semantics 2.3: admins only; a text that is no channel is 400, a channel that rests is 403. */
function pinnedChannel(pin: string, user: RelayUser, snapshot: Snapshot): Channel | Failure {
  if (user.role < adminRole) return denied('Only keys of administrators may name a channel.');
  const channel = /^\d{1,9}$/.test(pin) ? snapshot.channel(Number(pin)) : undefined;
  if (!channel) return new Failure('invalid_request', { say: 'The channel that this API key names does not exist.' });
  return channel.status === 'ENABLED' ? channel : denied('The channel that this API key names is disabled.');
}
