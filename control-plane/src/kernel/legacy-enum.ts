/** Enum values that REST clients know as numbers (management-api 5). */
export const legacyInts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  UserStatus: { ENABLED: 1, DISABLED: 2 },
  TokenStatus: { ENABLED: 1, DISABLED: 2, EXPIRED: 3, EXHAUSTED: 4 },
  ChannelStatus: { ENABLED: 1, DISABLED: 2, AUTO_DISABLED: 3 },
  RedemptionStatus: { ENABLED: 1, DISABLED: 2, USED: 3 },
  NameRule: { EXACT: 0, PREFIX: 1, CONTAINS: 2, SUFFIX: 3 },
  LogType: { UNKNOWN: 0, TOPUP: 1, CONSUME: 2, MANAGE: 3, SYSTEM: 4, ERROR: 5, REFUND: 6 },
};
