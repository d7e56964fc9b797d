/** The operator's limit of requests (semantics 12), for whatever is asked of a model. */
import { Failure } from '../../failure/failure.ts';
import { type Limit, limitFor } from '../../routing/model-limit.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Caller } from './authenticate.ts';
import type { Relay } from '../relay.ts';

/** Undefined: nothing is limited for this caller, and nothing counted. */
export const limitOf = ({ settings }: Pick<Snapshot, 'settings'>, { token, user }: Caller): Limit | undefined => limitFor(settings.guards, token.group || user.group);

/**
 * Serves under a limit: what fails does not count as answered.
 *
 * @param serve resolves with whether there was an answer
 * @returns `rate_limit_exceeded`, and then nothing was served
 */
export async function withinLimit({ user }: Caller, limit: Limit, relay: Relay, serve: () => Promise<boolean>): Promise<Failure | undefined> {
  const grant = await relay.limits.ask(user.id, limit);
  if (grant instanceof Failure) return grant;
  let served = false;
  try {
    served = await serve();
  } finally {
    if (!served) grant.failed();
  }
  return undefined;
}
