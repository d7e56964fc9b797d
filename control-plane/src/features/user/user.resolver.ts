import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/cursors.ts';
import { PageArgs, type Connection } from '../../kernel/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { readId } from '../../kernel/typed-id.ts';
import type { WalletBalances } from './wallet-balances.ts';
import { listUsers } from './user-list.ts';
import { User, UserStatus } from './user.entity.ts';
import { UserCreateInput, UserFilter, UserOrder, UserPatch, ViewerPatch } from './user.inputs.ts';
import { UserConnection, UserPayload } from './user.payloads.ts';
import type { UserService } from './user.service.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly service: UserService, private readonly wallets: WalletBalances, private readonly cursors: Cursors) {}

  @Allow(Permission.USER_READ)
  @Query(() => User, { nullable: true })
  user(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<User | null> {
    return ctx.em.findOne(User, { id: readId('user', id), deletedAt: null });
  }

  @Allow(Permission.USER_READ)
  @Query(() => UserConnection)
  users(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => UserFilter, { nullable: true }) filter: UserFilter | null,
    @Arg('orderBy', () => UserOrder, { nullable: true }) orderBy: UserOrder | null,
  ): Promise<Connection<User>> {
    return listUsers(ctx, this.cursors, filter, orderBy, page);
  }

  @Allow(Permission.USER_WRITE)
  @Mutation(() => UserPayload)
  userCreate(@Ctx() ctx: RequestContext, @Arg('input', () => UserCreateInput) input: UserCreateInput): Promise<UserPayload> {
    return this.service.create(ctx, input);
  }

  @Allow(Permission.USER_WRITE)
  @Mutation(() => UserPayload)
  userUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UserPatch) input: UserPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ): Promise<UserPayload> {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @Allow(Permission.USER_WRITE)
  @Mutation(() => UserPayload, { description: 'Disabling ends the sessions of the user and the use of their keys at once.' })
  userSetStatus(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('status', () => UserStatus) status: UserStatus): Promise<UserPayload> {
    return this.service.setStatus(ctx, id, status);
  }

  @AllowSelf()
  @Mutation(() => UserPayload, { description: 'Changes the caller\'s own profile or password.' })
  viewerUpdate(@Ctx() ctx: RequestContext, @Arg('input', () => ViewerPatch) input: ViewerPatch): Promise<UserPayload> {
    return this.service.updateOwn(ctx, input);
  }

  @FieldResolver(() => Quota, { description: 'Balance of the wallet; below zero when requests cost more than was left.' })
  quota(@Root() user: User, @Ctx() ctx: RequestContext): Promise<bigint> {
    return this.wallets.of(ctx, user.id);
  }
}
