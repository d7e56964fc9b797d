/** Opens readers of the live log, and holds how many there may be (graphql-design 12). */
import { rest } from '../../../kernel/running/rest.ts';
import type { MikroORM } from '@mikro-orm/postgresql';
import { GraphQLError } from 'graphql';
import { sqlOf } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { listName, type Cursors } from '../../../kernel/list/cursors.ts';
import { conditionsOf, type LogScope } from '../log-filter.ts';
import type { LogFilter } from '../log.inputs.ts';
import { LogTail } from './log-tail.ts';
import { replay } from './replay.ts';
import type { TailEvent } from './tail-events.ts';
import type { TailFeed, TailReader } from './tail-feed.ts';

const perUser = 20, perInstance = 2_000;
const list = listName('logTail');

export interface TailAsk { userId: number; scope: LogScope; filter: LogFilter; after: string | null; maxPerSecond: number }

const refuse = (code: string, message: string): never => { throw new GraphQLError(message, { extensions: { code } }); };


export class TailHub {
  private readonly open = new Map<number, number>();
  private total = 0;

  constructor(
    private readonly orm: MikroORM, private readonly feed: TailFeed, private readonly cursors: Cursors, private readonly clock: Clock,
    private readonly sleep: (ms: number, signal: AbortSignal) => Promise<void> = rest,
  ) {}

  /** Throws THROTTLED, BAD_USER_INPUT or CURSOR_MISMATCH at once; the events come when they are pulled. */
  async tail(ask: TailAsk): Promise<AsyncGenerator<TailEvent, void>> {
    if (ask.maxPerSecond < 1 || ask.maxPerSecond > 200) refuse('BAD_USER_INPUT', 'maxPerSecond must lie between 1 and 200');
    const after = ask.after === null ? undefined : this.cursors.read(list, ask.after).id;
    const conditions = conditionsOf(ask.filter, ask.scope);
    if (this.total >= perInstance || (this.open.get(ask.userId) ?? 0) >= perUser) refuse('THROTTLED', `A user follows the log at most ${perUser} times at once`);
    this.count(ask.userId, 1);
    try {
      return await this.begin(ask, conditions, after);
    } catch (error) {
      this.count(ask.userId, -1);
      throw error;
    }
  }

  private async begin({ userId, maxPerSecond }: TailAsk, conditions: ReturnType<typeof conditionsOf>, after: number | undefined): Promise<AsyncGenerator<TailEvent, void>> {
    const early: Parameters<TailReader['offer']>[0][] = [];
    let tail: LogTail | undefined;
    const reader: TailReader = { offer: (rows) => { if (tail) tail.offer(rows); else early.push(rows); } };
    const from = await this.feed.follow(reader);
    const nowMs = () => this.clock.now().getTime();
    const missed = replay(sqlOf(this.orm.em.fork()), { after: Math.min(after ?? from, from), until: from, nowMs: nowMs(), conditions });
    tail = new LogTail(from, { conditions, maxPerSecond, nowMs, sleep: this.sleep, replay: missed, cursor: (seq) => this.cursors.write(list, { value: null, id: seq }) });
    for (const rows of early) tail.offer(rows);
    return eventsOf(tail, () => {
      this.feed.leave(reader);
      this.count(userId, -1);
    });
  }

  private count(userId: number, change: 1 | -1): void {
    this.total += change;
    const left = (this.open.get(userId) ?? 0) + change;
    if (left > 0) this.open.set(userId, left);
    else this.open.delete(userId);
  }
}

/**
 * By hand and not as a generator function: `return` must end a reader that waits for its next event, which a generator
 * would only do after that event has come.
 */
function eventsOf(tail: LogTail, leave: () => void): AsyncGenerator<TailEvent, void> {
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    tail.end();
    leave();
  };
  return {
    async next() {
      try {
        const value = open ? await tail.next() : undefined;
        return value ? { value, done: false } : { value: undefined, done: true };
      } catch (error) {
        close();                                         // who pulls a stream that failed does not call return
        throw error;
      }
    },
    async return() { close(); return { value: undefined, done: true }; },
    async throw(error: unknown) { close(); throw error; },
    [Symbol.asyncIterator]() { return this; },
    async [Symbol.asyncDispose]() { close(); },
  };
}
