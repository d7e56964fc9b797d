import { GraphQLError } from 'graphql';
import { Arg, Ctx, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { Secret } from '../../kernel/scalars.ts';
import { UserError, UserErrorCode } from '../../kernel/words/user-error.ts';
import { findByKey } from '../token/find-by-key.ts';
import type { LogList } from './log-list.ts';
import { logRoutes } from './log-rest.ts';
import { Log } from './log.type.ts';

@ObjectType()
export class TokenLogsPayload {
  @Field(() => [Log])
  logs!: Log[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Resolver()
export class TokenLogsResolver {
  constructor(private readonly list: LogList, private readonly lookupKey: Buffer) {}

  /** No sign-in: who holds the key may see what it did. */
  @AllowPublic()
  @Directive(logRoutes.token)
  @Query(() => TokenLogsPayload, { description: 'The newest 100 rows of one key. Without `key`: of the key that the request came with.' })
  async tokenLogs(@Ctx() ctx: RequestContext, @Arg('key', () => Secret, { nullable: true }) key: string | null): Promise<TokenLogsPayload> {
    if (!key && ctx.principal?.tokenId === undefined && !ctx.credentialFault) throw new GraphQLError('Name a key, or come with one', { extensions: { code: 'BAD_USER_INPUT', argument: 'key', missing: true } });
    const tokenId = key ? (await findByKey(ctx.em, this.lookupKey, key))?.id : ctx.principal?.tokenId;
    if (tokenId === undefined) return { logs: [], userErrors: [refusal(ctx, UserErrorCode.INVALID, 'token_invalid', ['key'])] };
    const { nodes } = await this.list.page(ctx.em, { scope: { tokenId }, filter: {}, order: null }, { first: 100 });
    return { logs: nodes, userErrors: [] };
  }
}
