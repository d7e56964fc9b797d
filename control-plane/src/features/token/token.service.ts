/** The rules of tokens. Everything is the owner's: someone else's token looks like none. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { notFound, refusal, staleVersion } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { readId } from '../../kernel/typed-id.ts';
import { DeletePayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { flagOption, integerOption } from '../option/option-values.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal } from '../ledger/movement.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import type { TokenBudgets } from './token-budgets.ts';
import { checkToken } from './token-check.ts';
import type { TokenKeyStore } from './token-key-store.ts';
import { Token, TokenStatus } from './token.entity.ts';
import type { TokenCreateInput, TokenPatch } from './token.inputs.ts';
import { TokenBulkDeletePayload, TokenCreatePayload, TokenPayload, TokenRevealPayload } from './token.payloads.ts';

const refused = (...errors: UserError[]): TokenPayload => new TokenPayload(null, errors);

export interface TokenParts { keys: TokenKeyStore; budgets: TokenBudgets; ledger: LedgerService; limits: RateLimits; log: Logger }

export class TokenService {
  constructor(private readonly parts: TokenParts) {}

  /** The caller's own token; undefined for someone else's, too. */
  async find(ctx: RequestContext, id: string): Promise<Token | undefined> {
    return (await ctx.em.findOne(Token, { id: readId('token', id), userId: callerOf(ctx).userId, deletedAt: null })) ?? undefined;
  }

  async create(ctx: RequestContext, input: TokenCreateInput): Promise<TokenCreatePayload> {
    const { userId } = callerOf(ctx);
    const faults = await checkToken(ctx, userId, input);
    const count = await ctx.em.count(Token, { userId, deletedAt: null }), most = await integerOption(sqlOf(ctx.em), 'token_setting.max_user_tokens');
    faults.unless(count < most, 'token_limit', ['input'], UserErrorCode.LIMIT_REACHED, { max: String(most) });
    if (faults.any) return new TokenCreatePayload(null, null, faults.list);
    const token = new Token();
    Object.assign(token, { userId, createdAt: ctx.clock.now(), status: TokenStatus.ENABLED });
    applyPatch(token, input);
    // Who names none, not even the empty one that stands for their own, gets what the operator prefers.
    if (input.group == null && await flagOption(sqlOf(ctx.em), 'DefaultUseAutoGroup')) token.group = 'auto';
    const key = this.parts.keys.give(token);
    await ctx.em.transactional(async (em) => {
      await em.persist(token).flush();
      this.parts.keys.keepCopy(token, key);
      if (input.quota != null || !token.unlimited) await this.setBudget(ctx, em, token, input.quota ?? 0n);
      touch(em, 'token', token.id);
    });
    return new TokenCreatePayload(token, `sk-${key}`);
  }

  async update(ctx: RequestContext, id: string, patch: TokenPatch, expectedVersion?: bigint | null): Promise<TokenPayload> {
    const token = await this.find(ctx, id);
    if (!token) return refused(notFound(ctx));
    const stale = staleVersion(ctx, token.version, expectedVersion, token);
    if (stale) return refused(stale);
    const faults = await checkToken(ctx, token.userId, patch);
    if (faults.any) return refused(...faults.list);
    const budget = patch.quota ?? undefined;
    const asEnabled = patch.status === TokenStatus.ENABLED ? await this.refusesToEnable(ctx, token, patch, budget) : undefined;
    if (asEnabled) return refused(asEnabled);
    await ctx.em.transactional(async (em) => {
      applyPatch(token, patch);
      if (patch.status != null) token.status = patch.status;
      // Its charges had switched it off, not a person.
      else if (token.status === TokenStatus.EXHAUSTED && (token.unlimited || (budget ?? 0n) > 0n)) token.status = TokenStatus.ENABLED;
      if (budget !== undefined) await this.setBudget(ctx, em, token, budget);
      touch(em, 'token', token.id);
    });
    return new TokenPayload(token);
  }

  /** The same token under another key: who holds the old one is a stranger as soon as relays have heard of it. */
  async rotate(ctx: RequestContext, id: string, expectedVersion?: bigint | null): Promise<TokenCreatePayload> {
    const token = await this.find(ctx, id);
    if (!token) return new TokenCreatePayload(null, null, [notFound(ctx)]);
    const stale = staleVersion(ctx, token.version, expectedVersion, token);
    if (stale) return new TokenCreatePayload(null, null, [stale]);
    const key = this.parts.keys.give(token);
    this.parts.keys.keepCopy(token, key);
    touch(ctx.em, 'token', token.id);
    await ctx.em.flush();
    return new TokenCreatePayload(token, `sk-${key}`);
  }

  /** Soft: its charges keep pointing at it. */
  async delete(ctx: RequestContext, id: string): Promise<DeletePayload> {
    const token = await this.find(ctx, id);
    if (!token) return new DeletePayload(null, [notFound(ctx)]);
    await this.remove(ctx, [token]);
    return new DeletePayload(token.globalId);
  }

  async deleteMany(ctx: RequestContext, ids: readonly string[]): Promise<TokenBulkDeletePayload> {
    if (ids.length === 0 || ids.length > 1_000) return new TokenBulkDeletePayload(0, [refusal(ctx, UserErrorCode.INVALID, ids.length ? 'too_many_items' : 'invalid_params', ['ids'])]);
    const own = { userId: callerOf(ctx).userId, deletedAt: null };
    const tokens = await ctx.em.find(Token, { ...own, id: { $in: ids.map((id) => readId('token', id)) } });
    await this.remove(ctx, tokens);
    return new TokenBulkDeletePayload(tokens.length);
  }

  /** The whole keys of own tokens. Limited and noted. */
  async reveal(ctx: RequestContext, ids: readonly string[]): Promise<TokenRevealPayload> {
    const { userId } = callerOf(ctx);
    const limited = await this.parts.limits.take('reveal', String(userId));
    if (limited) throw throttled(ctx, limited);
    const tokens = await ctx.em.find(Token, { userId, deletedAt: null, id: { $in: ids.slice(0, 100).map((id) => readId('token', id)) } });
    const keys = tokens.map((token) => ({ id: token.globalId, key: this.parts.keys.read(token) }));
    this.parts.log.info({ audit: 'token.reveal', userId, tokens: tokens.map(({ id }) => id), address: ctx.address, requestId: ctx.requestId }, 'keys revealed');
    if (tokens.length === 0) return new TokenRevealPayload([], [notFound(ctx, ['ids'])]);
    const known = keys.flatMap(({ id, key }) => (key === undefined ? [] : [{ id, key: `sk-${key}` }]));
    return new TokenRevealPayload(known, known.length < keys.length ? [refusal(ctx, UserErrorCode.UNSUPPORTED, 'token_no_copy', ['ids'])] : []);
  }

  private async remove(ctx: RequestContext, tokens: readonly Token[]): Promise<void> {
    for (const token of tokens) {
      token.deletedAt = ctx.clock.now();
      touch(ctx.em, 'token', token.id);
    }
    await ctx.em.flush();
  }

  /** A token whose time or budget has run out is not enabled before that is mended (semantics 2.1). */
  private async refusesToEnable(ctx: RequestContext, token: Token, patch: TokenPatch, budget: bigint | undefined): Promise<UserError | undefined> {
    const expiresAt = patch.expiresAt === undefined ? token.expiresAt : patch.expiresAt;
    if (expiresAt && expiresAt <= ctx.clock.now()) return refusal(ctx, UserErrorCode.EXPIRED, 'token_expired_enable', ['input', 'status']);
    const remaining = budget ?? (await this.parts.budgets.remaining(ctx, token.id));
    if ((patch.unlimited ?? token.unlimited) || remaining > 0n) return undefined;
    return refusal(ctx, UserErrorCode.INSUFFICIENT_QUOTA, 'token_exhausted_enable', ['input', 'status']);
  }

  private async setBudget(ctx: RequestContext, em: EntityManager, token: Token, quota: bigint): Promise<void> {
    const moved = await this.parts.ledger.setTokenBudget(em, token.id, quota, callerOf(ctx).userId);
    if (moved instanceof LedgerRefusal) throw new Error(`The budget of a token was refused: ${moved.code}`);
    this.parts.budgets.forget(ctx, token.id);
  }
}

function applyModels(token: Token, { models, modelList, limitModels }: TokenPatch): void {
  const written = models ?? modelList;
  if (written != null) token.modelList = written;
  const limits = limitModels ?? (models === undefined ? token.models != null : models !== null);
  token.models = limits ? token.modelList : null;
}

function applyPatch(token: Token, patch: TokenPatch): void {
  const { name, unlimited, expiresAt, allowIps, group, crossGroupRetry } = patch;
  if (name != null) token.name = name;
  if (unlimited != null) token.unlimited = unlimited;
  if (expiresAt !== undefined) token.expiresAt = expiresAt;
  applyModels(token, patch);
  if (allowIps != null) token.allowIps = allowIps.map((text) => text.trim());
  if (group != null) token.group = group;
  if (crossGroupRetry != null) token.crossGroupRetry = crossGroupRetry;
}
