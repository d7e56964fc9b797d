/**
 * `pnpm measure`: how long each page of each list takes on the database of DATABASE_URL, from the GraphQL document to the
 * answer, in one process. Run by tsx; scripts/measure.ts starts what it needs.
 */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { readConfig } from '../../config.ts';
import { migrateUp, openDatabase } from '../../database/orm.ts';
import { User } from '../../features/user/user.entity.ts';
import type { Principal } from '../../kernel/context.ts';
import { permissionsOf } from '../../kernel/permission.ts';
import { systemClock } from '../../kernel/running/clock.ts';
import { SecretBox } from '../../kernel/secret-box.ts';
import { buildControlPlane, type ControlPlane } from '../../server/control-plane.ts';
import { redisEvents } from '../../server/pub-sub.ts';
import { connectRedis } from '../../server/redis.ts';
import type { Foundation } from '../../server/services.ts';
import { listCases, type ListCase } from './list-cases.ts';
import { explain, statementsOf } from './statements.ts';
import { Tally } from './tally.ts';

const rounds = Number(process.env.ROUNDS ?? 5), only = new RegExp(process.env.LISTS ?? ''), slowMs = { page: Number(process.env.SLOW ?? 50), total: 300 };

async function openFoundation(): Promise<Foundation> {
  const config = readConfig({ WEIR_MASTER_KEY: randomBytes(32).toString('base64'), WEIR_LOG_LEVEL: 'silent', WEIR_CONSOLE: '/nonexistent', ...process.env });
  if ('faults' in config) throw new Error(config.faults.join('\n'));
  const log = pino({ level: 'silent' }), orm = await openDatabase(config.databaseUrl);
  await migrateUp(orm);
  const redis = connectRedis(config.redisUrl, log), pubSub = redisEvents(redis, redis.duplicate(), 'measure:', log);
  return { orm, clock: systemClock, redis, pubSub, config, secretBox: new SecretBox(config.masterKey), log };
}

const principalOf = ({ id, username }: User, role: number): Principal => ({ userId: id, username, role, permissions: permissionsOf(role), credential: 'access-token' });

/** The busiest user: as root for the lists of everybody, as themselves for their own. */
async function callersOf({ orm }: Foundation): Promise<{ root: Principal; own: Principal }> {
  const [busiest] = await orm.em.fork().find(User, {}, { orderBy: { requestCount: 'desc' }, limit: 1 });
  if (!busiest) throw new Error('The database is empty: run `pnpm seed` first.');
  return { root: principalOf(busiest, 100), own: principalOf(busiest, 1) };
}

async function main(): Promise<void> {
  const base = await openFoundation(), plane = await buildControlPlane(base), callers = await callersOf(base);
  const client = new pg.Client({ connectionString: base.config.databaseUrl });
  await client.connect();
  const ask = async ({ list, variables }: ListCase, query: string): Promise<void> => {
    const principal = list.startsWith('viewer.') ? callers.own : callers.root;
    const contextValue = { em: base.orm.em.fork(), clock: systemClock, requestId: 'measure', traceId: '0'.repeat(32), principal, address: '127.0.0.1', language: 'en' as const, headers: new Map<string, string>(), cookies: [] };
    const { body } = await plane.apollo.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single' || body.singleResult.errors) throw new Error(`${list} ${JSON.stringify(variables)}: ${JSON.stringify(body).slice(0, 500)}`);
  };
  for (const kind of ['page', 'total'] as const) await measureAll(kind, plane, ask, client);
  process.exit();
}

type Ask = (one: ListCase, query: string) => Promise<void>;

async function measureAll(kind: 'page' | 'total', { schema }: ControlPlane, ask: Ask, client: pg.Client): Promise<void> {
  const tally = new Tally();
  // A total does not depend on the order.
  const cases = listCases(schema).filter(({ list, variables }) => only.test(list) && (kind === 'page' || !variables.orderBy || JSON.stringify(variables.orderBy).includes('"ID","direction":"ASC"')));
  for (let round = 0; round <= rounds; round++) {
    for (const each of cases) {
      const begun = performance.now();
      await ask(each, kind === 'page' ? each.document : each.countDocument);
      if (round > 0) tally.add(each, performance.now() - begun); // round 0 fills caches
    }
  }
  console.log(`\n${kind === 'page' ? 'Pages of 20 rows' : 'Totals'}, ${rounds} rounds, milliseconds\n\n${tally.table()}`);
  for (const { each, ms } of tally.slower(slowMs[kind])) {
    console.log(`\n${ms.toFixed(0)} ms at best: ${each.list} ${JSON.stringify(each.variables)}`);
    const asked = await statementsOf(() => ask(each, kind === 'page' ? each.document : each.countDocument));
    for (const one of asked) console.log(`${one.text.slice(0, 600)}\n${await explain(client, one)}`);
  }
}

await main();
