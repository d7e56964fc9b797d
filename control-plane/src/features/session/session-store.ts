/** Rows of sessions: begin, find, end. Knows nothing of passwords. */
import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { readSessionCookie, sessionCookie } from './session-cookie.ts';
import { longestLifeMs } from './session-life.ts';
import { Session } from './session.entity.ts';

const seenEveryMs = 60_000;

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Makes a new session for the user, ends the one that the caller came with, and sets the cookie. Flushes. */
export async function beginSession(ctx: RequestContext, userId: number): Promise<Session> {
  const earlier = readSessionCookie(ctx.headers);
  if (earlier) await ctx.em.nativeDelete(Session, { keyHash: hashOfKey(earlier) });
  const now = ctx.clock.now(), key = randomBytes(32).toString('base64url');
  await ctx.em.nativeDelete(Session, { userId, createdAt: { $lt: new Date(now.getTime() - longestLifeMs) } });
  const userAgent = (ctx.headers.get('user-agent') ?? '').slice(0, 255);
  const session = ctx.em.create(Session, { keyHash: hashOfKey(key), userId, address: ctx.address, userAgent, createdAt: now, lastSeenAt: now });
  await ctx.em.persist(session).flush();
  ctx.cookies.push(sessionCookie(key, ctx.headers));
  return session;
}

/** Times in milliseconds since 1970. */
export interface FoundSession { sessionId: number; createdAt: number; lastSeenAt: number; stepUpAt: number | null; ended: boolean; userId: number; username: string; role: number; status: string }

const columns = `s.id as "sessionId", (extract(epoch from s.created_at) * 1000)::float8 as "createdAt", (extract(epoch from s.last_seen_at) * 1000)::float8 as "lastSeenAt",
  (extract(epoch from s.step_up_at) * 1000)::float8 as "stepUpAt", s.ended,
  u.id as "userId", u.username, u.role, u.status`;
const join = `from session s join user_account u on u.id = s.user_id and u.deleted_at is null`;

/** The session of a cookie, with its user as they are now. Whether it is still alive is the caller's question. */
export async function findSession(em: EntityManager, key: string): Promise<FoundSession | undefined> {
  const [row] = await sqlOf(em)<FoundSession>(`select ${columns} ${join} where s.key_hash = $1`, [hashOfKey(key)]);
  return row;
}

export const findSessions = (em: EntityManager, ids: readonly number[]): Promise<FoundSession[]> =>
  sqlOf(em)<FoundSession>(`select ${columns} ${join} where s.id = any($1::int[])`, [[...ids]]);

/** Notes that the session is in use, at most once a minute. */
export async function noteSeen(em: EntityManager, { sessionId, lastSeenAt }: FoundSession, now: Date): Promise<void> {
  if (now.getTime() - lastSeenAt < seenEveryMs) return;
  await em.nativeUpdate(Session, { id: sessionId }, { lastSeenAt: now });
}

/** Ends all sessions of a user but one. In the transaction of `em`, if it has one. */
export async function endSessionsOf(em: EntityManager, userId: number, except?: number): Promise<void> {
  await em.nativeDelete(Session, { userId, ...(except !== undefined && { id: { $ne: except } }) });
}

/** As `endSessionsOf`, of a user who is disabled: who brings such a session is told so. */
export async function endSessionsOfDisabled(em: EntityManager, userId: number): Promise<void> {
  await em.nativeUpdate(Session, { userId }, { ended: true });
}
