import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { budgetOf } from '../ledger/account-name.ts';
import type { AccountService } from '../ledger/account.service.ts';
import { TokenStatus, type Token } from './token.entity.ts';

/** What tokens may still spend: the balances of their accounts, in one query for all tokens of an answer. */
export class TokenBudgets {
  constructor(private readonly accounts: AccountService) {}

  remaining(ctx: RequestContext, tokenId: number): Promise<bigint> {
    return requestLoader(ctx, this.load).load(tokenId);
  }

  /** As a caller meets it: an enabled token whose time or budget has run out is expired or exhausted. */
  async statusOf(ctx: RequestContext, token: Token): Promise<TokenStatus> {
    if (token.status !== TokenStatus.ENABLED) return token.status;
    if (token.expiresAt && token.expiresAt <= ctx.clock.now()) return TokenStatus.EXPIRED;
    if (token.unlimited || (await this.remaining(ctx, token.id)) > 0n) return TokenStatus.ENABLED;
    return TokenStatus.EXHAUSTED;
  }

  /** Forgets what was read, after a budget was set in this request. */
  forget(ctx: RequestContext, tokenId: number): void {
    requestLoader(ctx, this.load).clear(tokenId);
  }

  private readonly load = async (ctx: RequestContext, ids: readonly number[]): Promise<bigint[]> =>
    (await this.accounts.balancesOf(ctx.em, ids.map(budgetOf))).map(({ balance }) => balance);
}
