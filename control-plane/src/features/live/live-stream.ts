/** One reader of changes: what is behind a place, then what comes, pulled as fast as it is taken. */
import { rest } from '../../kernel/running/rest.ts';
import type { Pulse, Sequence } from './pulse.ts';

/** A place in a source: the transaction and the row. */
export interface Place { tx: string; id: number }

export interface Batch<Event> { events: Event[]; place: Place }

export interface Source<Event> {
  sequence: Sequence;
  /** Events behind the place, in their order, at most a hundred. When there are too many to replay: the newest, the first marked. */
  read(after: Place): Promise<Batch<Event>>;
  /** The place of a reader who wants only what comes. */
  now(): Promise<Place>;
}

/** It also looks by itself. */
const lookEveryMs = 5_000;

/** By hand and not as a generator function: `return` must end a reader that waits. */
export class LiveStream<Event> implements AsyncGenerator<Event, void> {
  private readonly ending = new AbortController();
  private woken = new AbortController();
  private waiting: Event[] = [];

  private constructor(private readonly source: Source<Event>, private place: Place, private readonly pulse: Pulse, private readonly onEnd: () => void) {
    pulse.follow(source.sequence, this.wake);
  }

  /** @param after the place to go on behind; without one the stream begins now */
  static async open<Event>(source: Source<Event>, after: Place | undefined, pulse: Pulse, onEnd: () => void): Promise<LiveStream<Event>> {
    return new LiveStream(source, after ?? await source.now(), pulse, onEnd);
  }

  async next(): Promise<IteratorResult<Event, void>> {
    while (!this.ending.signal.aborted) {
      const event = this.waiting.shift();
      if (event !== undefined) return { value: event, done: false };
      const { events, place } = await this.source.read(this.place);
      this.waiting = events;
      this.place = place;
      if (events.length === 0) await this.rest();
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<Event, void>> {
    if (!this.ending.signal.aborted) {
      this.ending.abort();
      this.woken.abort();
      this.pulse.leave(this.wake);
      this.onEnd();
    }
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<Event, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this { return this; }

  async [Symbol.asyncDispose](): Promise<void> { await this.return(); }

  private readonly wake = (): void => { this.woken.abort(); };

  private async rest(): Promise<void> {
    if (this.ending.signal.aborted) return;
    this.woken = new AbortController();
    await rest(lookEveryMs, this.woken.signal);
  }
}
