import { Failure } from '../failure/failure.ts';
import type { RelayGroup, RelayToken, RelayUser } from '../gql/types.gen.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** The group that stands for others: the operator's list, as far as the owner may use it. */
export const autoGroup = 'auto';

/** The groups that may serve, in the order in which they are tried; only `auto` has others beside the first. */
export interface Groups { readonly group: ServingGroup; readonly otherGroups: readonly ServingGroup[] }

/** A group as one owner meets it. */
export interface ServingGroup extends RelayGroup { /** Its ratio is one for the group of the owner, in place of its own. */ readonly special?: true }

const none: readonly RelayGroup[] = [];

/**
 * The group whose channels serve and whose ratio is applied (semantics 2.4): that of the token when it names one that its owner
 * may use, else that of the owner. Failure: `access_denied`, naming the group.
 */
export function groupsOf(token: RelayToken, owner: RelayUser, snapshot: Snapshot): Groups | Failure {
  const name = token.group || owner.group;
  const group = snapshot.group(name);
  if (!group) return name === autoGroup ? listed(owner, snapshot) : new Failure('access_denied', { say: `The group ${name} no longer exists.` });
  if (!mayUse(group, owner)) return new Failure('access_denied', { say: `You may not use the group ${name}.` });
  return { group: asFor(owner, group), otherGroups: none };
}

function listed(owner: RelayUser, snapshot: Snapshot): Groups | Failure {
  const groups = snapshot.settings.routing.autoGroups.flatMap((name) => snapshot.group(name) ?? []).filter((group) => mayUse(group, owner)).map((group) => asFor(owner, group));
  const [group, ...otherGroups] = groups;
  return group ? { group, otherGroups } : new Failure('access_denied', { say: 'You may use none of the groups behind auto.' });
}

/** The own group always; another when it is selectable or allowed to the owner's, and not refused to it (semantics 11.6). */
const mayUse = (group: RelayGroup, owner: RelayUser): boolean =>
  group.name === owner.group || group.allowed.includes(owner.group) || (group.selectable && !group.refused.includes(owner.group));

/** With the ratio that its owner's group has there, which replaces that of the group (semantics 1.4). */
function asFor(owner: RelayUser, group: RelayGroup): ServingGroup {
  const special = group.ratios.length ? group.ratios.find(({ userGroup }) => userGroup === owner.group) : undefined;
  return special ? { ...group, ratio: special.ratio, special: true } : group;
}
