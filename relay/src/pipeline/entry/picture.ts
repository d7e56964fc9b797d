import { Failure } from '../../failure/failure.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Relay } from '../relay.ts';

/**
 * The picture that this exchange sees from start to end. Failure: `config_stale`, when there is none, or when the control plane
 * has been silent for longer than the hard limit. Never 401: the caller did nothing wrong (RLY-14).
 */
export function currentPicture(relay: Pick<Relay, 'snapshots' | 'staleLimitMs'>): Snapshot | Failure {
  const snapshot = relay.snapshots.current();
  return snapshot && !isStale(relay) ? snapshot : new Failure('config_stale', { retryAfterSeconds: 5 });
}

/** Before the first contact of this process the age is not known: a cold relay serves from its last good picture (CFG-07). */
export function isStale(relay: Pick<Relay, 'snapshots' | 'staleLimitMs'>): boolean {
  const age = relay.snapshots.ageMs();
  return Number.isFinite(age) && age > relay.staleLimitMs;
}
