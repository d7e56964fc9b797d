/** Forms of the parts that messages from relays are made of. A relay holds the master key and may be wrong all the same. */
import { z } from 'zod';
import { largestBalance } from '../ledger/account.entity.ts';

const integer = /^-?\d{1,16}$/;

/** Quota units as text, at least 0 and at most 2^53 − 1. */
export const quotaText = z.string().regex(integer).transform(BigInt).refine((value) => value >= 0n && value <= largestBalance, 'outside 0 to 2^53 − 1');
/** A row's number. */
export const rowId = z.int().min(0).max(2_147_483_647);
export const shortText = z.string().min(1).max(64);
export const accountText = z.string().regex(/^(user|token):[1-9]\d{0,9}$/);
/** The number of a lease; anything else is no lease that we granted. */
export const leaseText = z.string().regex(/^[1-9]\d{0,17}$/);
/** Part of a channel's name. */
export const relayIdText = z.string().regex(/^[\w.-]{1,64}$/);
