import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { Quota } from '../../kernel/scalars.ts';
import { inviteOf } from '../ledger/account-name.ts';
import type { AccountService } from '../ledger/account.service.ts';
import { optionOf } from '../option/option-values.ts';
import { User } from '../user/user.entity.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { inviteCodeOf } from './invite-code.ts';
import { inviteInfoOf } from './invite-info.ts';
import type { InviteTransferService } from './invite-transfer.service.ts';
import { InviteInfo, InviteTransferPayload } from './invite.types.ts';

@Resolver(() => InviteInfo)
export class InviteResolver {
  constructor(private readonly transfers: InviteTransferService, private readonly accounts: AccountService, private readonly publicUrl: string) {}

  @FieldResolver(() => Quota, { description: 'What invitations brought and is not yet moved to the wallet.' })
  pending(@Root() { userId }: InviteInfo, @Ctx() ctx: RequestContext): Promise<bigint> {
    return requestLoader(ctx, this.loadPending).load(userId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where invited people register.' })
  async url(@Root() { code }: InviteInfo, @Ctx() ctx: RequestContext): Promise<string | null> {
    return code === null ? null : `${(await optionOf(ctx, 'ServerAddress')) || this.publicUrl}/register?aff=${code}`;
  }

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/user/aff_transfer", envelope: MESSAGE, bind: [{from: "body.quota", to: "quota", cast: QUOTA_INT, default: "0"}])')
  @Mutation(() => InviteTransferPayload, { description: 'Moves invite quota to the wallet, at least one unit of currency at once. The same key moves it once.' })
  inviteRewardTransfer(
    @Ctx() ctx: RequestContext, @Arg('quota', () => Quota) quota: bigint,
    @Arg('idempotencyKey', () => String, { description: '1 to 128 printable characters, new for each transfer.' }) idempotencyKey: string,
  ): Promise<InviteTransferPayload> {
    return this.transfers.transfer(ctx, quota, idempotencyKey);
  }

  private readonly loadPending = async (ctx: RequestContext, userIds: readonly number[]): Promise<bigint[]> =>
    (await this.accounts.balancesOf(ctx.em, userIds.map(inviteOf))).map(({ balance }) => balance);
}

@Resolver(() => User)
export class UserInviteResolver {
  @FieldResolver(() => InviteInfo)
  invite(@Root() user: User): InviteInfo {
    return inviteInfoOf(user);
  }
}

@Resolver(() => Viewer)
export class ViewerInviteResolver {
  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/aff", view: "LegacyInviteCode")')
  @FieldResolver(() => InviteInfo, { description: 'The caller\'s invitations; their code is made at the first question.' })
  async invite(@Ctx() ctx: RequestContext): Promise<InviteInfo> {
    const { userId } = callerOf(ctx), code = await inviteCodeOf(ctx.em, userId);
    return Object.assign(inviteInfoOf(await ctx.em.findOneOrFail(User, userId)), { code });
  }
}
