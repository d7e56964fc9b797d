/** A house with people and things in it, and a way to call each endpoint as any of them. */
import { randomBytes } from 'node:crypto';
import { sqlOf } from '../../database/sql.ts';
import { insertLogs } from '../../features/log/insert-logs.ts';
import { beginSession } from '../../features/session/session-store.ts';
import { startTestApp, type Data, type TestApp } from '../test-app.ts';
import { usageEvent } from '../usage-event.ts';
import type { Principal } from '../../kernel/context.ts';

export type Who = 'nobody' | 'user' | 'admin' | 'root' | 'token';

/** One request. The path may name an id that the case has just made. */
export interface Call { as?: Who; headers?: Record<string, string>; path?: string; query?: string; body?: unknown; address?: string }

export interface Told { status: number; body: Data; text: string; headers: Record<string, string> }

export interface Person { principal: Principal; headers: Record<string, string> }

export interface World {
  app: TestApp;
  people: Record<'user' | 'admin' | 'root', Person>;
  /** Of the user, with `sk-`. */
  key: string;
  /** Somebody who has just signed in, for what ends a session or an account. */
  person(role?: number, name?: string): Promise<Person>;
  call(method: string, call: Call & { path: string }): Promise<Told>;
  /** A row made over REST by root, or by whom is named. */
  made(path: string, body: unknown, as?: Who): Promise<Data>;
}

let serial = 0;

/** A cookie session, because some endpoints take nothing else. */
async function signIn(app: TestApp, principal: Principal): Promise<Person> {
  const ctx = await app.context(principal);
  await beginSession(ctx, principal.userId);
  const cookie = ctx.cookies[0]!.split(';')[0]!;
  return { principal, headers: { cookie, 'new-api-user': String(principal.userId), 'x-requested-with': 'test' } };
}

/** Every call from an address of its own: the buckets of addresses are not what is tested here. */
const nextAddress = (): string => `10.${(++serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`;

async function writeLog(app: TestApp, userId: number, tokenId: number): Promise<void> {
  const event = usageEvent({ chargeId: `world-${randomBytes(4).toString('hex')}`, userId, tokenId });
  await app.base.orm.em.fork().transactional(async (em) => { await insertLogs(sqlOf(em), [event], app.clock.now()); });
}

export async function openWorld(): Promise<World> {
  const app = await startTestApp({ WEIR_API_RATE: '0' });
  const person = async (role = 1, username = `person-${++serial}`) => signIn(app, await app.user({ role, username, email: `${username}@example.com` }));
  const people = { user: await person(1, 'user'), admin: await person(10, 'admin'), root: await person(100, 'root') };
  let key = '';
  const headersOf = (who: Who): Record<string, string> => (who === 'nobody' ? {} : who === 'token' ? { authorization: `Bearer ${key}` } : people[who].headers);
  const call: World['call'] = async (method, { as = 'nobody', headers, path, query, body, address = nextAddress() }) => {
    const answer = await app.request({
      method, path: query ? `${path}?${query}` : path, address, headers: { 'accept-language': 'zh', ...headersOf(as), ...headers }, ...(body !== undefined && { body }),
    });
    const text = String(answer.body), isJson = answer.headers.some(([name, value]) => name === 'content-type' && value.startsWith('application/json'));
    return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as Data, headers: Object.fromEntries(answer.headers) };
  };
  const made: World['made'] = async (path, body, as = 'root') => {
    const told = await call('POST', { as, path, body });
    if (told.body.success !== true) throw new Error(`POST ${path}: ${told.text}`);
    return told.body.data as Data;
  };
  const sql = sqlOf(app.base.orm.em.fork());
  await sql(`insert into provider (type, info, announced_at) values (1, $1, now())`, [JSON.stringify({ type: 1, name: 'openai', label: 'OpenAI', dialects: ['openai-chat'], credential: [], suggestedModels: ['gpt-4o'] })]);
  const token = await made('/api/token/', { name: 'first', unlimited_quota: true, expired_time: -1 }, 'user');
  key = token.key as string;
  await writeLog(app, people.user.principal.userId, token.id as number);
  return { app, people, key, person, call, made };
}
