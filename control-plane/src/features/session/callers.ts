/** Who calls: session cookie, access token or relay key (graphql-design 13), and whether they still may. */
import { createHash } from 'node:crypto';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import type { Principal, RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { permissionsOf } from '../../kernel/permission.ts';
import { findByIntegrationKey, livingKeys } from '../integration-key/find-integration-key.ts';
import { keyStart } from '../integration-key/integration-key.service.ts';
import { findByKey } from '../token/find-by-key.ts';
import { TokenStatus } from '../token/token.entity.ts';
import { User, UserStatus } from '../user/user.entity.ts';
import { readSessionCookie } from './session-cookie.ts';
import { isAlive } from './session-life.ts';
import { findSession, findSessions, noteSeen } from './session-store.ts';

export interface Caller { principal?: Principal; fault?: MessageCode }

export const hashOfAccessToken = (token: string): string => createHash('sha256').update(`access-token:${token}`).digest('hex');

/** The caller's credential in the Authorization header, with or without the word Bearer. */
function presented(headers: ReadonlyMap<string, string>): string | undefined {
  const text = headers.get('authorization')?.replace(/^bearer\s+/i, '').trim();
  return text === '' ? undefined : text;
}

const looksLikeRelayKey = (text: string): boolean => text.startsWith('sk-') || text.length >= 48;

export class Callers {
  /** What an access token's principal was found by, so that a socket ends when the token is replaced. */
  private readonly proofs = new WeakMap<Principal, string>();

  constructor(private readonly orm: MikroORM, private readonly clock: Clock, private readonly lookupKey: Buffer) {}

  /** The cookie is looked at first, the header only when there is no signed-in session. */
  async authenticate(ctx: RequestContext): Promise<Caller> {
    const caller = (await this.bySession(ctx)) ?? (await this.byHeader(ctx)) ?? {};
    const named = ctx.headers.get('new-api-user');
    if (caller.principal && named !== undefined && named !== String(caller.principal.userId)) return { fault: 'user_header_mismatch' };
    return caller;
  }

  /** One query for each kind of credential, for all sockets together. */
  async stillValid(principals: readonly Principal[]): Promise<ReadonlySet<Principal>> {
    const em = this.orm.em.fork(), now = this.clock.now().getTime();
    const sessions = new Map((await findSessions(em, principals.flatMap((one) => one.sessionId ?? []))).map((row) => [row.sessionId, row]));
    const users = await this.usersOf(em, principals.filter((one) => one.sessionId === undefined && one.keyId === undefined));
    const keys = await livingKeys(em, principals.flatMap((one) => one.keyId ?? []), new Date(now));
    return new Set(principals.filter((one) => {
      if (one.keyId !== undefined) return keys.get(one.keyId) === one.role;
      if (one.sessionId === undefined) {
        const user = users.get(one.userId);
        return user?.role === one.role && user.accessTokenHash === this.proofs.get(one);
      }
      const row = sessions.get(one.sessionId);
      return row?.status === UserStatus.ENABLED && row.role === one.role && isAlive(row, now);
    }));
  }

  private async usersOf(em: EntityManager, principals: readonly Principal[]): Promise<Map<number, User>> {
    if (principals.length === 0) return new Map();
    const found = await em.find(User, { id: { $in: principals.map((one) => one.userId) }, status: UserStatus.ENABLED, deletedAt: null });
    return new Map(found.map((user) => [user.id, user]));
  }

  private async bySession(ctx: RequestContext): Promise<Caller | undefined> {
    const key = readSessionCookie(ctx.headers);
    const found = key ? await findSession(ctx.em, key) : undefined;
    const now = ctx.clock.now();
    if (found && found.status !== UserStatus.ENABLED) return { fault: 'user_disabled' };
    if (!found || !isAlive(found, now.getTime())) return undefined;
    await noteSeen(ctx.em, found, now);
    const { userId, username, role, sessionId, createdAt: signedInAt, stepUpAt } = found;
    return { principal: { userId, username, role, sessionId, signedInAt, ...(stepUpAt !== null && { provenAt: stepUpAt }), permissions: permissionsOf(role), credential: 'session' } };
  }

  private async byHeader(ctx: RequestContext): Promise<Caller | undefined> {
    const text = presented(ctx.headers);
    if (text === undefined) return undefined;
    if (text.startsWith(keyStart)) return findByIntegrationKey(ctx, text);
    return looksLikeRelayKey(text) ? this.byRelayKey(ctx, text) : this.byAccessToken(ctx, text);
  }

  private async byAccessToken(ctx: RequestContext, text: string): Promise<Caller> {
    const accessTokenHash = hashOfAccessToken(text);
    // Plain SQL, as for sessions: every call of a program begins here.
    const [user] = await sqlOf(ctx.em)<Pick<User, 'id' | 'username' | 'role' | 'status'>>('select id, username, role, status from user_account where access_token_hash = $1 and deleted_at is null', [accessTokenHash]);
    if (!user) return { fault: 'access_token_invalid' };
    if (user.status !== UserStatus.ENABLED) return { fault: 'user_disabled' };
    const principal: Principal = { userId: user.id, username: user.username, role: user.role, permissions: permissionsOf(user.role), credential: 'access-token' };
    this.proofs.set(principal, accessTokenHash);
    return { principal };
  }

  /** Expired and exhausted keys may still read their own numbers (semantics 2.6); a disabled one may not. */
  private async byRelayKey(ctx: RequestContext, text: string): Promise<Caller> {
    const token = await findByKey(ctx.em, this.lookupKey, text);
    if (!token || token.status === TokenStatus.DISABLED) return { fault: 'token_invalid' };
    const owner = await ctx.em.findOne(User, { id: token.userId, deletedAt: null });
    if (owner?.status !== UserStatus.ENABLED) return { fault: 'user_disabled' };
    return { principal: { userId: owner.id, username: owner.username, role: owner.role, permissions: [], credential: 'relay-key', tokenId: token.id } };
  }
}
