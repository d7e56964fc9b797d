/** Redemption codes, as new-api clients know them: each row is one code that works once. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { quotaNumber, unixSeconds, type Node, type RestView } from '../view.ts';

const selection = 'legacyId createdBy { legacyId } code status name quota createdAt redeemedAt redeemedBy { legacyId } expiresAt';

export const legacyRedemption: RestView = {
  name: 'LegacyRedemption', on: 'Redemption', selection,
  encode: ({ legacyId, createdBy, code, status, name, quota, createdAt, redeemedAt, redeemedBy, expiresAt }) => ({
    id: Number(legacyId), user_id: Number(createdBy?.legacyId ?? 0), key: code, status: legacyInts.RedemptionStatus![status], name, quota: quotaNumber(quota),
    created_time: unixSeconds(createdAt), redeemed_time: unixSeconds(redeemedAt), count: 1, used_count: status === 'USED' ? 1 : 0,
    used_user_id: Number(redeemedBy?.legacyId ?? 0), expired_time: unixSeconds(expiresAt), DeletedAt: null,
  }),
};

/** With the final slash an array of codes, without it an object (management-api 4). */
export const legacyRedemptionCodes: RestView = {
  name: 'LegacyRedemptionCodes', on: 'RedemptionBatchPayload', selection: 'codes redemptions { legacyId }',
  encode: ({ codes, redemptions }, { path }) => {
    const ids = redemptions.map(({ legacyId }: Node) => Number(legacyId));
    return path.endsWith('/') ? codes : { id: ids[0], key: codes[0], ids, keys: codes };
  },
};

export const legacyRemovedCodes: RestView = { name: 'LegacyRemovedCodes', on: 'RedemptionBulkDeletePayload', selection: 'deleted', encode: ({ deleted }) => deleted };

export const legacyRedeemed: RestView = { name: 'LegacyRedeemed', on: 'RedeemPayload', selection: 'quota', encode: ({ quota }) => quotaNumber(quota) };
