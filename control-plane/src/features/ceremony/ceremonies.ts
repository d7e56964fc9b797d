/**
 * Half-done sign-ins and checks, bound to the browser that began them: a password that still wants its second step, a passkey
 * challenge, an OAuth state. Each is of one use, and a new one of its kind ends the older.
 */
import { randomBytes } from 'node:crypto';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { readSessionCookie, sessionCookie } from '../session/session-cookie.ts';
import { hashOfKey } from '../session/session-store.ts';

export type CeremonyKind = 'sign-in' | 'passkey-sign-in' | 'passkey-register' | 'passkey-verify' | 'passkey-proof' | 'oauth';

const newKey = (): string => randomBytes(32).toString('base64url');
const looksLikeKey = /^[\w-]{43}$/;

/** The browser's own key. Somebody who has none, or one of a form that we never give, gets one. */
function browserOf(ctx: RequestContext): string {
  const present = readSessionCookie(ctx.headers);
  if (present !== undefined && looksLikeKey.test(present)) return hashOfKey(present);
  const key = newKey();
  ctx.cookies.push(sessionCookie(key, ctx.headers));
  return hashOfKey(key);
}

export interface Begun { userId?: number; data: object; lifeMs: number }

export async function beginCeremony(ctx: RequestContext, kind: CeremonyKind, { userId, data, lifeMs }: Begun): Promise<void> {
  const sql = sqlOf(ctx.em), now = ctx.clock.now();
  await sql('delete from ceremony where expires_at < $1 or (kind = $2 and user_id = $3)', [now, kind, userId ?? null]);
  await sql(`insert into ceremony (key_hash, kind, user_id, data, expires_at) values ($1, $2, $3, $4::jsonb, $5)
    on conflict (key_hash, kind) do update set user_id = excluded.user_id, data = excluded.data, expires_at = excluded.expires_at`,
  [browserOf(ctx), kind, userId ?? null, JSON.stringify(data), new Date(now.getTime() + lifeMs)]);
}

export interface Found<Data> { userId: number | null; data: Data }

/** What this browser has begun, left as it is: a wrong code may be followed by a right one. */
export async function peekCeremony<Data>(ctx: RequestContext, kind: CeremonyKind): Promise<Found<Data> | undefined> {
  return one(ctx, 'select user_id as "userId", data from ceremony where key_hash = $1 and kind = $2 and expires_at > $3', kind);
}

/** What this browser has begun, once: of two callers at the same time one gets it. */
export async function takeCeremony<Data>(ctx: RequestContext, kind: CeremonyKind): Promise<Found<Data> | undefined> {
  return one(ctx, 'delete from ceremony where key_hash = $1 and kind = $2 and expires_at > $3 returning user_id as "userId", data', kind);
}

async function one<Data>(ctx: RequestContext, statement: string, kind: CeremonyKind): Promise<Found<Data> | undefined> {
  const key = readSessionCookie(ctx.headers);
  if (key === undefined) return undefined;
  const [row] = await sqlOf(ctx.em)<Found<Data>>(statement, [hashOfKey(key), kind, ctx.clock.now()]);
  return row;
}
