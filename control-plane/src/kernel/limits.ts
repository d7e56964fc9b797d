/** Numbers of the contract that more than one part holds to. */
export const quotaPerUnit = 500_000;
/** 1,000 million US dollars: what one key or wallet may be given at once. */
export const largestQuota = 1_000_000_000n * BigInt(quotaPerUnit);
