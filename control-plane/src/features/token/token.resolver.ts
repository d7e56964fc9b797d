import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { PageArgs, type Connection } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { OfUsers } from '../../kernel/user-scope.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { DeletePayload } from '../../kernel/words/user-error.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { TokenBudgets } from './token-budgets.ts';
import type { TokenKeyStore } from './token-key-store.ts';
import type { TokenLists } from './token-list.ts';
import { Token, TokenStatus } from './token.entity.ts';
import { TokenCreateInput, TokenFilter, TokenOrder, TokenPatch } from './token.inputs.ts';
import { TokenBulkDeletePayload, TokenConnection, TokenCreatePayload, TokenPayload, TokenRevealPayload } from './token.payloads.ts';
import type { TokenService } from './token.service.ts';

/** The words of the REST form for what a token may hold. */
const fields = `{from: "body.remain_quota", to: "input.quota", cast: QUOTA_INT}, {from: "body.unlimited_quota", to: "input.unlimited"},
  {from: "body.expired_time", to: "input.expiresAt", cast: UNIX_MINUS_ONE_IS_NULL}, {from: "body.model_limits_enabled", to: "input.limitModels"},
  {from: "body.model_limits", to: "input.modelList", cast: CSV_LIST}, {from: "body.allow_ips", to: "input.allowIps", cast: LINES}`;

@Resolver(() => Token)
export class TokenResolver {
  constructor(private readonly service: TokenService, private readonly lists: TokenLists, private readonly budgets: TokenBudgets, private readonly keys: TokenKeyStore) {}

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/token/{id}", view: "LegacyToken")')
  @Query(() => Token, { nullable: true, description: 'One of the caller\'s own keys.' })
  async token(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<Token | null> {
    return (await this.service.find(ctx, id)) ?? null;
  }

  @OfUsers()
  @Allow(Permission.TOKEN_READ_ANY)
  @Query(() => TokenConnection, { description: 'Everybody\'s keys.' })
  tokens(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TokenFilter, { nullable: true }) filter: TokenFilter | null,
    @Arg('orderBy', () => TokenOrder, { nullable: true }) orderBy: TokenOrder | null,
  ): Promise<Connection<Token>> {
    return this.lists.page(ctx, undefined, filter, orderBy, page);
  }

  @AllowSelf()
  @Directive(`@rest(method: POST, path: "/api/token/", view: "LegacyCreatedToken", bind: [${fields}])`)
  @Mutation(() => TokenCreatePayload, { description: 'Makes a key for the caller.' })
  tokenCreate(@Ctx() ctx: RequestContext, @Arg('input', () => TokenCreateInput) input: TokenCreateInput): Promise<TokenCreatePayload> {
    return this.service.create(ctx, input);
  }

  @AllowSelf()
  @Directive(`@rest(method: PUT, path: "/api/token/", view: "LegacyToken", when: "!query.status_only", bind: [{from: "body.id", to: "id"}, ${fields}])`)
  @Mutation(() => TokenPayload)
  tokenUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => TokenPatch) input: TokenPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ): Promise<TokenPayload> {
    return this.service.update(ctx, id, input, expectedVersion);
  }

  @AllowSelf()
  @Directive('@rest(method: PUT, path: "/api/token/", view: "LegacyToken", when: "query.status_only", bind: [{from: "body.id", to: "id"}, {from: "body.status", to: "status"}])')
  @Mutation(() => TokenPayload)
  tokenSetStatus(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('status', () => TokenStatus) status: TokenStatus): Promise<TokenPayload> {
    return this.service.update(ctx, id, { status });
  }

  @AllowSelf()
  @Directive('@rest(method: DELETE, path: "/api/token/{id}", envelope: MESSAGE)')
  @Mutation(() => DeletePayload)
  tokenDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<DeletePayload> {
    return this.service.delete(ctx, id);
  }

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/token/batch", view: "LegacyDeletedCount", bind: [{from: "body.ids", to: "ids"}])')
  @Mutation(() => TokenBulkDeletePayload, { description: 'At most 1,000 at once.' })
  tokenBulkDelete(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID]) ids: string[]): Promise<TokenBulkDeletePayload> {
    return this.service.deleteMany(ctx, ids);
  }

  @AllowSelf()
  @StepUp()
  @Mutation(() => TokenCreatePayload, { description: 'A new key in place of the old one, which stops working at once. Limits, budget and what it has used stay.' })
  tokenRotate(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('expectedVersion', () => Int64, { nullable: true }) expectedVersion: bigint | null,
  ): Promise<TokenCreatePayload> {
    return this.service.rotate(ctx, id, expectedVersion);
  }

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/token/{id}/key", view: "LegacyTokenKey", rate: CRITICAL, bind: [{from: "path.id", to: "ids"}])')
  @Directive('@rest(method: POST, path: "/api/token/batch/keys", view: "LegacyTokenKeys", rate: CRITICAL, bind: [{from: "body.ids", to: "ids"}])')
  @Mutation(() => TokenRevealPayload, { description: 'Whole keys of the caller, at most 100 at once. Limited and noted.' })
  tokenReveal(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID]) ids: string[]): Promise<TokenRevealPayload> {
    return this.service.reveal(ctx, ids);
  }

  @FieldResolver(() => TokenStatus)
  status(@Root() token: Token, @Ctx() ctx: RequestContext): Promise<TokenStatus> {
    return this.budgets.statusOf(ctx, token);
  }

  @FieldResolver(() => Quota, { description: 'What it may still spend; says nothing when it is unlimited.' })
  remaining(@Root() token: Token, @Ctx() ctx: RequestContext): Promise<bigint> {
    return this.budgets.remaining(ctx, token.id);
  }

  @FieldResolver(() => ID)
  ownerId(@Root() token: Token): string {
    return typedId('user', token.userId);
  }

  @AllowSelf()
  @FieldResolver(() => String, { nullable: true, description: 'For the REST form, whose lists hold whole keys: the 48 characters, for the owner only. Programs use tokenReveal.' })
  key(@Root() token: Token, @Ctx() ctx: RequestContext): string | null {
    return token.userId === callerOf(ctx).userId ? (this.keys.read(token) ?? null) : null;
  }
}

@Resolver(() => Viewer)
export class ViewerTokensResolver {
  constructor(private readonly lists: TokenLists) {}

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/token/", view: "LegacyToken", envelope: PAGE)')
  @Directive(`@rest(method: GET, path: "/api/token/search", view: "LegacyToken", envelope: LIST, rate: SEARCH,
    bind: [{from: "query.keyword", to: "filter.search"}, {from: "query.token", to: "filter.keyFragment"}, {from: "const:100", to: "first", cast: INT}])`)
  @FieldResolver(() => TokenConnection)
  tokens(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TokenFilter, { nullable: true }) filter: TokenFilter | null,
    @Arg('orderBy', () => TokenOrder, { nullable: true }) orderBy: TokenOrder | null,
  ): Promise<Connection<Token>> {
    return this.lists.page(ctx, callerOf(ctx).userId, filter, orderBy, page);
  }

  @Directive('@rest(method: GET, path: "/api/usage/token/", auth: [RELAY_KEY], envelope: CODE_DATA, view: "LegacyTokenUsage", rate: CRITICAL)')
  @FieldResolver(() => Token, { nullable: true, description: 'The key that this request came with; null when it came with something else.' })
  currentToken(@Ctx() ctx: RequestContext): Promise<Token | null> {
    const { tokenId } = callerOf(ctx);
    return tokenId === undefined ? Promise.resolve(null) : ctx.em.findOne(Token, { id: tokenId });
  }
}
