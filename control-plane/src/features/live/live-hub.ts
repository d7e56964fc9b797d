/** Opens streams of changes, and holds how many there may be (graphql-design 12). */
import { GraphQLError } from 'graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { listName, type Cursors } from '../../kernel/list/cursors.ts';
import { LiveStream, type Place, type Source } from './live-stream.ts';
import type { Pulse } from './pulse.ts';
import type { Write } from './sources.ts';

const perUser = 20, perInstance = 2_000;

export class LiveHub {
  private readonly open = new Map<number, number>();
  private total = 0;

  constructor(private readonly pulse: Pulse, private readonly cursors: Cursors) {}

  /** Throws THROTTLED, or CURSOR_MISMATCH for a cursor of another stream. */
  async stream<Event>(ctx: RequestContext, topic: string, after: string | null | undefined, sourceOf: (write: Write) => Source<Event>): Promise<LiveStream<Event>> {
    const { userId } = callerOf(ctx), list = listName('live', topic, topic === 'channel' ? null : userId);
    const source = sourceOf(({ tx, id }) => this.cursors.write(list, { value: tx, id }));
    const place = after == null ? undefined : this.placeOf(list, after);
    const leave = this.hold(ctx);
    try {
      return await LiveStream.open(source, place, this.pulse, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Takes a place for one stream; call what it gives once, when the stream ends. Throws THROTTLED. */
  hold(ctx: RequestContext): () => void {
    const { userId } = callerOf(ctx);
    if (this.total >= perInstance || (this.open.get(userId) ?? 0) >= perUser) throw new GraphQLError(`A user follows at most ${perUser} streams at once`, { extensions: { code: 'THROTTLED', retryAfterMs: 1_000 } });
    this.count(userId, 1);
    return () => this.count(userId, -1);
  }

  private placeOf(list: string, cursor: string): Place {
    const { value, id } = this.cursors.read(list, cursor);
    return { tx: String(value), id };
  }

  private count(userId: number, change: 1 | -1): void {
    this.total += change;
    const left = (this.open.get(userId) ?? 0) + change;
    if (left > 0) this.open.set(userId, left);
    else this.open.delete(userId);
  }
}
