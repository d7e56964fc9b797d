import { GraphQLError } from 'graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { say } from '../../kernel/words/messages.ts';
import { PageArgs, type Connection } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { readId } from '../../kernel/typed-id.ts';
import { OfUsers, whereReached } from '../../kernel/user-scope.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import type { WalletBalances } from './wallet-balances.ts';
import { listUsers } from './user-list.ts';
import { userRoutes } from './user-rest.ts';
import { refusesToManage } from './user-role-rules.ts';
import type { UserStandingService } from './user-standing.service.ts';
import { User, UserStatus } from './user.entity.ts';
import { PreferencesPatch, UserCreateInput, UserFilter, UserOrder, UserPatch, ViewerPatch } from './user.inputs.ts';
import { UserConnection, UserDeletePayload, UserPayload } from './user.payloads.ts';
import type { UserService } from './user.service.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly service: UserService, private readonly standing: UserStandingService, private readonly wallets: WalletBalances, private readonly cursors: Cursors) {}

  @OfUsers()
  @Allow(Permission.USER_READ)
  @Directive(userRoutes.get)
  @Query(() => User, { nullable: true })
  async user(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('manageable', () => Boolean, { defaultValue: false, description: 'Refuse (NOT_ALLOWED) unless the caller may act on the user.' }) manageable: boolean,
  ): Promise<User | null> {
    const user = await ctx.em.findOne(User, { $and: [{ id: readId('user', id), deletedAt: null }, whereReached(ctx, 'id')] });
    const reason = user && manageable ? refusesToManage(callerOf(ctx), user) : undefined;
    if (reason) throw new GraphQLError(say(reason, ctx.language), { extensions: { code: 'NOT_ALLOWED', legacyCode: reason } });
    return user;
  }

  @OfUsers()
  @Allow(Permission.USER_READ)
  @Directive(userRoutes.list)
  @Directive(userRoutes.search)
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
  @Directive(userRoutes.create)
  @Mutation(() => UserPayload)
  userCreate(@Ctx() ctx: RequestContext, @Arg('input', () => UserCreateInput) input: UserCreateInput): Promise<UserPayload> {
    return this.service.create(ctx, input);
  }

  @OfUsers()
  @Allow(Permission.USER_WRITE)
  @Directive(userRoutes.update)
  @Mutation(() => UserPayload)
  userUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UserPatch) input: UserPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ): Promise<UserPayload> {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @OfUsers()
  @Allow(Permission.USER_WRITE)
  @Directive(userRoutes.enable)
  @Directive(userRoutes.disable)
  @Mutation(() => UserPayload, { description: 'Disabling ends the sessions of the user and the use of their keys at once.' })
  userSetStatus(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('status', () => UserStatus) status: UserStatus): Promise<UserPayload> {
    return this.standing.setStatus(ctx, id, status);
  }

  @Allow(Permission.USER_WRITE)
  @StepUp()
  @Directive(userRoutes.promote)
  @Directive(userRoutes.demote)
  @Mutation(() => UserPayload, { description: '1 or 10, below the caller\'s own. Ends all sessions of the user.' })
  userSetRole(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('role', () => Int) role: number): Promise<UserPayload> {
    return this.standing.setRole(ctx, id, role);
  }

  @OfUsers()
  @Allow(Permission.USER_WRITE)
  @Directive(userRoutes.delete)
  @Directive(userRoutes.manageDelete)
  @Mutation(() => UserDeletePayload, { description: 'Ends the sessions of the user and the use of their keys at once. The row stays for the books, and the name stays taken.' })
  userDelete(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('forGood', () => Boolean, { defaultValue: false, description: 'Forgets the person: name, address, remark and accounts elsewhere go, and the name is free again.' }) forGood: boolean,
  ): Promise<UserDeletePayload> {
    return this.standing.delete(ctx, id, forGood);
  }

  @OfUsers()
  @Allow(Permission.USER_WRITE)
  @Mutation(() => OkPayload, { description: 'Signs the user out everywhere. Their access token and keys go on working.' })
  userSessionsRevoke(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<OkPayload> {
    return this.standing.signOut(ctx, id);
  }

  @AllowSelf()
  @Directive(userRoutes.updateSelf)
  @Mutation(() => UserPayload, { description: 'Changes the caller\'s own profile or password.' })
  viewerUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ViewerPatch) input: ViewerPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true, description: 'Version that the caller saw: another one is a CONFLICT. Absent: whatever it is.' }) expectedVersion: bigint | null,
  ): Promise<UserPayload> {
    return this.service.updateOwn(ctx, input, expectedVersion);
  }

  @AllowSelf()
  @Directive(userRoutes.sidebar)
  @Mutation(() => UserPayload)
  viewerPreferencesUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => PreferencesPatch) input: PreferencesPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true, description: 'Version that the caller saw: another one is a CONFLICT. Absent: whatever it is.' }) expectedVersion: bigint | null,
  ): Promise<UserPayload> {
    return this.service.updatePreferences(ctx, input, expectedVersion);
  }

  @AllowSelf()
  @StepUp()
  @Directive(userRoutes.deleteSelf)
  @Mutation(() => OkPayload, { description: 'Closes the caller\'s account, as userDelete does.' })
  viewerDelete(@Ctx() ctx: RequestContext): Promise<OkPayload> {
    return this.standing.deleteOwn(ctx);
  }

  @FieldResolver(() => Quota, { description: 'Balance of the wallet; below zero when requests cost more than was left.' })
  quota(@Root() user: User, @Ctx() ctx: RequestContext): Promise<bigint> {
    return this.wallets.of(ctx, user.id);
  }
}
