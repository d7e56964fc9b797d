/**
 * The whole control plane for a feature's test: real schema, services, PostgreSQL and Redis, called without a socket.
 *
 *   const app = await startTestApp();
 *   afterAll(() => app.stop());
 *   const { data, errors } = await app.query('mutation ($id: ID!) { … }', { id }, await app.user({ role: 10 }));
 */
import { randomBytes } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import pg from 'pg';
import { pino } from 'pino';
import { testDatabase, testRedis } from '../../../scripts/testing/database.ts';
import { readConfig, type Config } from '../config.ts';
import { openDatabase } from '../database/orm.ts';
import { User, UserStatus } from '../features/user/user.entity.ts';
import type { Clock } from '../kernel/running/clock.ts';
import type { Principal, RequestContext } from '../kernel/context.ts';
import type { HttpAnswer, HttpMessage } from '../kernel/http/http-message.ts';
import { permissionsOf } from '../kernel/permission.ts';
import { SecretBox } from '../kernel/secret-box.ts';
import { buildControlPlane, type ControlPlane } from '../server/control-plane.ts';
import { openEdge, type Edge } from '../server/http/edge.ts';
import { redisEvents } from '../server/pub-sub.ts';
import { connectRedis } from '../server/redis.ts';
import type { Foundation } from '../server/services.ts';

/** A clock that stands still until the test moves it. */
export class TestClock implements Clock {
  private at: number;

  constructor(start = new Date('2026-11-20T12:00:00.000Z')) { this.at = start.getTime(); }

  now(): Date { return new Date(this.at); }

  advance(ms: number): void { this.at += ms; }
}

export type Data = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- answers are asserted, not typed

export interface TestApp extends ControlPlane {
  base: Foundation;
  clock: TestClock;
  /** Runs a document through Apollo as this caller; undefined: nobody. Document limits are not applied. */
  query(document: string, variables?: Record<string, unknown>, as?: Principal): Promise<FormattedExecutionResult<Data>>;
  /** A whole HTTP request, without a socket; a query may stand in the path. */
  request(message: Partial<Omit<HttpMessage, 'headers' | 'body'>> & { headers?: Record<string, string>; body?: unknown }): Promise<HttpAnswer>;
  /** A new user in the database, as a signed-in caller. */
  user(values?: Partial<Pick<User, 'username' | 'role' | 'group' | 'email' | 'status' | 'passwordHash'>>): Promise<Principal>;
  /** A request's context, to call a service directly. */
  context(as?: Principal): Promise<RequestContext>;
  /** How many SQL statements the work sends. */
  countQueries(work: () => Promise<unknown>): Promise<number>;
  /** A real port, for what needs sockets. */
  listen(): Promise<Edge>;
  stop(): Promise<void>;
}

function testConfig(databaseUrl: string, redisUrl: string, environment: Record<string, string>): Config {
  const config = readConfig({
    WEIR_MASTER_KEY: randomBytes(32).toString('base64'), WEIR_LOG_LEVEL: 'silent', WEIR_STATUS_CACHE_MS: '0', WEIR_CONSOLE: '/nonexistent', WEIR_UPSTREAM_ALLOW: '',
    DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...environment,
  });
  if ('faults' in config) throw new Error(config.faults.join('\n'));
  return config;
}

/** One Redis database for a test file, emptied of what an earlier file left; made at first use. */
let redisUrl: string | undefined;

async function ownRedis(): Promise<string> {
  if (redisUrl !== undefined) return redisUrl;
  redisUrl = testRedis();
  const redis = connectRedis(redisUrl, pino({ level: 'silent' }));
  await redis.flushdb();
  redis.disconnect();
  return redisUrl;
}

async function foundation(environment: Record<string, string>, clock: TestClock): Promise<{ base: Foundation; close: () => Promise<void> }> {
  const config = testConfig(await testDatabase(), await ownRedis(), environment);
  const log = pino({ level: config.logLevel });
  const orm = await openDatabase(config.databaseUrl);
  const redis = connectRedis(config.redisUrl, log), subscriber = redis.duplicate({ commandTimeout: undefined });
  const pubSub = redisEvents(redis, subscriber, `test:${randomBytes(6).toString('hex')}:`, log);
  const close = async () => {
    redis.disconnect();
    subscriber.disconnect();
    await orm.close(true);
  };
  return { base: { orm, clock, redis, pubSub, config, secretBox: new SecretBox(config.masterKey), log }, close };
}

type Given = Parameters<TestApp['request']>[0];

const bytesOf = ({ body }: Given): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));

/** POST when there is a body; an object goes as JSON, text and bytes go as they are. */
function toMessage(given: Given): HttpMessage {
  const isJson = typeof given.body === 'object' && !Buffer.isBuffer(given.body);
  const headers = new Map(Object.entries({ ...(isJson && { 'content-type': 'application/json' }), ...given.headers }));
  const { method = given.body === undefined ? 'GET' : 'POST', path: target = '/graphql', address = '127.0.0.1' } = given;
  const [path = '', query = given.query ?? ''] = target.split('?');
  return { method, path, query, address, headers, body: bytesOf(given) };
}

/** At the driver, so that no layer's queries are missed. */
async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype;                 // oxlint-disable-line typescript/unbound-method -- put back below
  let count = 0;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    // What a connection sets for itself is no query of the work.
    if (!/synchronous_commit|^(re)?set statement_timeout/.test(String(given[0]))) count++;
    return Reflect.apply(query, this, given);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}

export const principalOf = (user: User): Principal =>
  ({ userId: user.id, username: user.username, role: user.role, permissions: permissionsOf(user.role), credential: 'access-token' });

/** `environment` overrides variables of config.ts. Workers are not started: a test starts those that it is about. */
export async function startTestApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const clock = new TestClock();
  const { base, close } = await foundation(environment, clock);
  const plane = await buildControlPlane(base);
  const edges: Edge[] = [];
  let users = 0;
  const context = async (as?: Principal): Promise<RequestContext> =>
    ({ em: base.orm.em.fork(), clock, requestId: 'req_test', traceId: '0'.repeat(32), principal: as, address: '127.0.0.1', language: 'en', headers: new Map(), cookies: [] });
  return {
    ...plane, base, clock, context,
    async query(document, variables, as) {
      const { body } = await plane.apollo.executeOperation<Data>({ query: document, variables }, { contextValue: await context(as) });
      if (body.kind !== 'single') throw new Error('Only whole answers are expected');
      return body.singleResult;
    },
    request: (given) => plane.door(toMessage(given)),
    async user(values = {}) {
      const em = base.orm.em.fork();
      const user = em.create(User, { username: `user-${++users}`, passwordHash: '!', createdAt: clock.now(), status: UserStatus.ENABLED, ...values });
      await em.persist(user).flush();
      return principalOf(user);
    },
    countQueries,
    async listen() {
      const edge = await openEdge({ host: '127.0.0.1', port: 0, door: plane.door, sockets: plane.socketBehavior, addressOf: plane.addressOf });
      edges.push(edge);
      return edge;
    },
    async stop() {
      for (const edge of edges) await edge.stop(500);
      await plane.apollo.stop();
      await close();
    },
  };
}
