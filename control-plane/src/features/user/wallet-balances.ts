import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { walletOf } from '../ledger/account-name.ts';
import type { AccountService } from '../ledger/account.service.ts';

/** Balances of users, in one query for all users of an answer. */
export class WalletBalances {
  constructor(private readonly accounts: AccountService) {}

  of(ctx: RequestContext, userId: number): Promise<bigint> {
    return requestLoader(ctx, this.load).load(userId);
  }

  private readonly load = async (ctx: RequestContext, userIds: readonly number[]): Promise<bigint[]> =>
    (await this.accounts.balancesOf(ctx.em, userIds.map(walletOf))).map(({ balance }) => balance);
}
