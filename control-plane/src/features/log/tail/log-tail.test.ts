import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import { Cursors } from '../../../kernel/list/cursors.ts';
import { deriveKey } from '../../../kernel/secret-box.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { usageEvent } from '../../../testing/usage-event.ts';
import { insertLogs, logChannel } from '../insert-logs.ts';
import { LogBatch, LogGap, LogHeartbeat, type TailEvent } from './tail-events.ts';
import { TailFeed } from './tail-feed.ts';
import { TailHub, type TailAsk } from './tail-hub.ts';

let app: TestApp, sql: Sql, feed: TailFeed, hub: TailHub, cursors: Cursors;
const open: AsyncGenerator<TailEvent, void>[] = [];

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  feed = new TailFeed(app.base.orm, app.base.redis, app.base.log);
  feed.start();
  cursors = new Cursors(deriveKey(app.base.config.masterKey, 'cursor'));
  hub = new TailHub(app.base.orm, feed, cursors, app.clock);
});
afterEach(async () => { for (const tail of open.splice(0)) await tail.return(); });
afterAll(async () => {
  await feed.stop();
  await app.stop();
});

/** The lock, and the rows. */
const insertQueries = 2;

async function follow(over: Partial<TailAsk> = {}): Promise<AsyncGenerator<TailEvent, void>> {
  const tail = await hub.tail({ userId: 1, scope: {}, filter: {}, after: null, maxPerSecond: 200, ...over });
  open.push(tail);
  return tail;
}
/** Commits rows and says so, as the settlement does. */
async function commit(...names: string[]): Promise<void> {
  const range = await insertLogs(sql, names.map((chargeId) => usageEvent({ chargeId, userId: chargeId.startsWith('bob') ? 2 : 1, endedAt: app.clock.now().getTime() })), app.clock.now());
  await app.base.redis.publish(logChannel, JSON.stringify(range));
}
const names = (from: number, count: number, prefix = 'n') => Array.from({ length: count }, (_, index) => `${prefix}${from + index}`);
const next = async (tail: AsyncGenerator<TailEvent, void>) => (await tail.next()).value as TailEvent;
const idsOf = (event: TailEvent) => (event instanceof LogBatch ? event.logs.map((log) => log.requestId()) : []);

/** Pulls until so many rows have come or been named as left out. */
async function collect(tail: AsyncGenerator<TailEvent, void>, count: number) {
  const events: TailEvent[] = [];
  for (let found = 0; found < count;) {
    const event = await next(tail);
    events.push(event);
    found += event instanceof LogBatch ? event.logs.length : event instanceof LogGap ? event.dropped : 0;
  }
  return { events, ids: events.flatMap(idsOf), dropped: events.reduce((sum, event) => sum + (event instanceof LogGap ? event.dropped : 0), 0) };
}

describe('following', () => {
  it('brings rows committed from now on, in order, and none from before', async () => {
    await commit('before');
    const tail = await follow();
    await commit('one', 'two');
    expect(idsOf(await next(tail))).toEqual(['one', 'two']);
  });

  it('brings only what the filter and the scope let through', async () => {
    const own = await follow({ scope: { userId: 2 } }), filtered = await follow({ filter: { requestId: 'ada-2' } });
    await commit('ada-1', 'bob-1', 'ada-2', 'bob-2');
    expect([idsOf(await next(own)), idsOf(await next(filtered))]).toEqual([['bob-1', 'bob-2'], ['ada-2']]);
  });

  it('keeps the order when the numbers grow by a digit', async () => {
    await sql(`select setval('log_seq', (10 ^ length(nextval('log_seq')::text))::bigint - 3)`);
    const tail = await follow();
    await commit(...names(0, 6, 'digit-'));
    expect(idsOf(await next(tail))).toEqual(names(0, 6, 'digit-'));
    await commit('digit-6');
    expect(idsOf(await next(tail))).toEqual(['digit-6']);
  });

  it('sends at most 50 rows in a frame, and waits 200 ms between frames', async () => {
    const tail = await follow();
    await commit(...names(0, 120));
    const began = performance.now(), { events } = await collect(tail, 120);
    expect(events.map((event) => idsOf(event).length)).toEqual([50, 50, 20]);
    expect(performance.now() - began).toBeGreaterThanOrEqual(390);
  });

  it('reads new rows once for all who follow', async () => {
    const tails = await Promise.all(Array.from({ length: 10 }, () => follow()));
    const queries = await app.countQueries(async () => {
      await commit('shared');
      for (const tail of tails) expect(idsOf(await next(tail))).toEqual(['shared']);
    });
    expect(queries).toBe(insertQueries + 1);
  });

  it('finds rows although the message is lost', async () => {
    const tail = await follow();
    await insertLogs(sql, [usageEvent({ chargeId: 'quiet' })], app.clock.now());
    feed.wake();                                         // what its timer does
    expect(idsOf(await next(tail))).toEqual(['quiet']);
  });

  it('does not read while nobody follows', async () => {
    const queries = await app.countQueries(async () => {
      await commit('unseen');
      await app.base.redis.ping();
      feed.wake();
    });
    expect([queries, feed.readerCount]).toEqual([insertQueries, 0]);
  });
});

describe('gaps', () => {
  it('names what exceeds the rate, with the numbers that fetch it', async () => {
    const tail = await follow({ maxPerSecond: 10 });
    await commit(...names(0, 35, 'fast-'));
    const { ids, dropped, events } = await collect(tail, 35);
    expect([ids.length, dropped]).toEqual([10, 25]);
    const gap = events.find((event) => event instanceof LogGap)!;
    const { data } = await app.query('query ($from: Int64, $to: Int64) { logs(filter: {sequenceFrom: $from, sequenceTo: $to}, first: 100) { nodes { requestId } } }',
      { from: String(gap.sequenceFrom), to: String(gap.sequenceTo) }, await app.user({ role: 10 }));
    expect(new Set([...ids, ...data!.logs.nodes.map(({ requestId }: { requestId: string }) => requestId)])).toEqual(new Set(names(0, 35, 'fast-')));
  });

  it('drops the oldest rows of a reader that does not pull, and says how many', async () => {
    const slow = await follow();
    for (let sent = 0; sent < 1_200; sent += 200) {
      await commit(...names(sent, 200, 'slow-'));
      app.clock.advance(1_000);                          // the rate allows 200 a second
      await expect.poll(async () => (await sql<{ n: number }>(`select count(*)::int as n from log where request_id like 'slow-%'`))[0]!.n).toBe(sent + 200);
      await pause(60);
    }
    const first = await next(slow);
    expect(first).toMatchObject({ dropped: 200 });
    expect(idsOf(await next(slow))[0]).toBe('slow-200');
  });
});

describe('going on from a cursor', () => {
  it('brings what was missed, then what comes, each once', async () => {
    const first = await follow();
    await commit('r1');
    const { cursor } = await next(first) as LogBatch;
    await first.return();
    await commit('r2', 'r3');
    const again = await follow({ after: cursor });
    await commit('r4');
    expect((await collect(again, 3)).ids).toEqual(['r2', 'r3', 'r4']);
  });

  it('names what is older than 15 minutes, and brings the rest', async () => {
    const first = await follow();
    await commit('o1');
    const { cursor } = await next(first) as LogBatch;
    await first.return();
    await commit('o2', 'o3');
    app.clock.advance(16 * 60_000);
    await commit('o4');
    const { ids, dropped, events } = await collect(await follow({ after: cursor }), 3);
    expect([ids, dropped]).toEqual([['o4'], 2]);
    expect(events[0]).toBeInstanceOf(LogGap);
  });

  it('brings at most 5,000 rows, and names those before', async () => {
    const first = await follow();
    await commit('many');
    const { cursor } = await next(first) as LogBatch;
    await first.return();
    await sql(`insert into log (created_at, type, user_id) select $1::timestamptz, 2, 1 from generate_series(1, 5100)`, [app.clock.now()]);
    const again = await follow({ after: cursor });
    expect(await next(again)).toMatchObject({ dropped: 100 });
    expect(((await next(again)) as LogBatch).logs).toHaveLength(50);
  });

  it('refuses a cursor that is none', async () => await expect(follow({ after: 'x' })).rejects.toMatchObject({ extensions: { code: 'CURSOR_MISMATCH' } }));
});

describe('heartbeats', () => {
  it('tell up to where everything has been looked at', async () => {
    const impatient = new TailHub(app.base.orm, feed, cursors, app.clock, (_ms, signal) => pause(50, undefined, { signal }).catch(() => {}));
    const tail = await impatient.tail({ userId: 1, scope: {}, filter: { requestId: 'never' }, after: null, maxPerSecond: 50 });
    open.push(tail);
    const first = await next(tail) as LogHeartbeat;
    await commit('h1');
    let beat = first;
    while (beat.cursor === first.cursor) beat = await next(tail) as LogHeartbeat;
    expect(beat).toBeInstanceOf(LogHeartbeat);
    const again = await follow({ after: beat.cursor });
    await commit('h2');
    expect((await collect(again, 1)).ids).toEqual(['h2']);
  });
});

describe('limits', () => {
  it('refuses the 21st reader of one user, and takes one again when another has left', async () => {
    const tails = await Promise.all(Array.from({ length: 20 }, () => follow()));
    await expect(follow()).rejects.toMatchObject({ extensions: { code: 'THROTTLED' } });
    await follow({ userId: 2 });
    await tails[0]!.return();
    await follow();
  });

  it.each([0, 201])('refuses %d rows a second', async (maxPerSecond) => {
    await expect(follow({ maxPerSecond })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('lets go of a reader whose replay fails', async () => {
    const first = await follow();
    await commit('lost-1');
    const { cursor } = await next(first) as LogBatch;
    await first.return();
    await commit('lost-2');
    const tail = await follow({ after: cursor });
    await sql('alter table log rename to log_away');
    await expect(tail.next()).rejects.toThrow();
    await sql('alter table log_away rename to log');
    expect([feed.readerCount, await tail.next()]).toEqual([0, { value: undefined, done: true }]);
  });

  it('ends a reader that waits, at once', async () => {
    const tail = await follow(), waiting = tail.next();
    await tail.return();
    expect(await waiting).toMatchObject({ done: true });
    expect(feed.readerCount).toBe(0);
  });
});
