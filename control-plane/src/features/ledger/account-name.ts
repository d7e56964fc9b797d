/** Names of accounts; the same words travel in leases (docs/decisions/0002-relay-link.md). */
export type WalletName = `user:${number}`;
export type BudgetName = `token:${number}`;
export type InviteName = `invite:${number}`;

export const walletOf = (userId: number): WalletName => `user:${userId}`;
/** What a user earned by invitations and has not moved to the wallet: no request is paid from it. */
export const inviteOf = (userId: number): InviteName => `invite:${userId}`;
export const budgetOf = (tokenId: number): BudgetName => `token:${tokenId}`;

/** Our side of every movement. Each is the place where one kind of counter-entry adds up. */
export const systemAccounts = [
  'system:revenue',           // charges
  'system:platform_loss',     // usage that we bear
  'system:adjustment',        // an operator's hand
  'system:promo',             // gifts and codes
  'system:clearing',          // payments
  'system:suspense',          // unresolved
  'system:token_limit',       // the other side of token budgets: a limit, not money
] as const;
export type SystemAccount = (typeof systemAccounts)[number];
