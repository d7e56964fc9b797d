/** With the group `auto` the group that serves is known at the end: its ratio is the one that is charged (semantics 1.9, 3.3). */
import type { RelayGroup } from '../gql/types.gen.ts';
import type { Admission, Ending } from './reservation.ts';

/** The admission under the price of the group that served. */
export function servedAdmission(admission: Admission, { servedBy }: Ending): Admission {
  if (!servedBy || servedBy.name === admission.group) return admission;
  return { ...admission, group: servedBy.name, price: { ...admission.price, groupRatio: servedBy.ratio } };
}

/** The dearest of the groups that may serve: a hold must cover each of them. */
export const dearestRatio = (groups: readonly Pick<RelayGroup, 'ratio'>[]): number => Math.max(...groups.map((group) => group.ratio));
