/**
 * A reservation as the spool keeps it: a list of values without their names, because one is written for every request before it is
 * sent. The order is the form: what is added comes at the end.
 */
import type { LeaseReturn } from '../gql/types.gen.ts';
import type { Admission, PriceBasis } from '../quota/reservation.ts';

/** A reservation as it must be known after a crash. Amounts are quota units. */
export interface ReservedNote { readonly admission: Admission; readonly hold: number; readonly parts: readonly LeaseReturn[] }

type PackedPrice = [PriceBasis['version'], PriceBasis['mode'], number, number, number, number, number, number, number, number, number, number, number, PriceBasis['rule']?];
type PackedPart = [string, string, string];
type Packed = [
  startedAt: number, userId: number, tokenId: number, tokenUnlimited: boolean, group: string, model: string, dialect: string, path: string, stream: boolean,
  clientAddress: string, clientRequestId: string | null, snapshotVersion: number, price: PackedPrice, estimatedInput: number, admissionHold: number,
  hold: number, parts: PackedPart[], units?: Admission['units'],
];

export function packNote({ admission, hold, parts }: ReservedNote): string {
  const { startedAt, userId, tokenId, tokenUnlimited, group, model, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion, price, estimatedInput, units } = admission;
  const packed: Packed = [
    startedAt, userId, tokenId, tokenUnlimited, group, model, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion,
    packPrice(price), estimatedInput, admission.hold, hold, parts.map(({ leaseId, account, amount }) => [leaseId, account, amount]),
  ];
  if (units) packed.push(units);
  return JSON.stringify(packed);
}

function packPrice(price: PriceBasis): PackedPrice {
  const { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, completionRatio, cacheReadRatio, cacheWriteRatio, rule } = price;
  const packed: PackedPrice = [
    version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, completionRatio, cacheReadRatio, cacheWriteRatio,
    price.cacheWrite1hRatio, price.imageRatio, price.audioRatio, price.audioCompletionRatio,
  ];
  if (rule) packed.push(rule);
  return packed;
}

/** @param json what `packNote` wrote: the checksum of its line fits */
export function unpackNote(chargeId: string, json: string): ReservedNote {
  const [
    startedAt, userId, tokenId, tokenUnlimited, group, model, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion,
    price, estimatedInput, admissionHold, hold, parts, units,
  ] = JSON.parse(json) as Packed;
  const admission: Admission = {
    chargeId, startedAt, userId, tokenId, tokenUnlimited, group, model, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion,
    price: unpackPrice(price), estimatedInput, hold: admissionHold, ...(units ? { units } : {}),
  };
  return { admission, hold, parts: parts.map(([leaseId, account, amount]) => ({ leaseId, account, amount })) };
}

function unpackPrice(packed: PackedPrice): PriceBasis {
  const [
    version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, completionRatio, cacheReadRatio, cacheWriteRatio,
    cacheWrite1hRatio, imageRatio, audioRatio, audioCompletionRatio, rule,
  ] = packed;
  return {
    version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, completionRatio, cacheReadRatio, cacheWriteRatio,
    cacheWrite1hRatio, imageRatio, audioRatio, audioCompletionRatio, ...(rule ? { rule } : {}),
  };
}
