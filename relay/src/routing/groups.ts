import { Failure } from '../failure/failure.ts';
import type { RelayGroup, RelayToken, RelayUser } from '../gql/types.gen.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * The group whose channels serve and whose ratio is applied (semantics 2.4): that of the token when it names one that its owner
 * may use, else that of the owner. Failure: `access_denied`, naming the group.
 */
export function groupOf(token: RelayToken, owner: RelayUser, snapshot: Snapshot): RelayGroup | Failure {
  const name = token.group || owner.group;
  const group = snapshot.group(name);
  if (!group) return new Failure('access_denied', { say: `The group ${name} no longer exists.` });
  if (name !== owner.group && !group.selectable) return new Failure('access_denied', { say: `You may not use the group ${name}.` });
  return group;
}
