/**
 * What waits for one reader of the live log, in the order of commits: rows, and marks where rows were left out. Bounded:
 * when the reader is too slow the oldest rows go first, and a mark says so.
 */
import type { LogRecord } from '../log-record.ts';

/** Rows with these sequence numbers, and those between, were left out; `dropped` of them fitted the filter. */
export interface Hole { from: number; to: number; dropped: number }

type Item = { row: LogRecord; hole?: undefined } | { row?: undefined; hole: Hole };

export class TailBuffer {
  private items: Item[] = [];
  private rows = 0;

  constructor(private readonly capacity: number) {}

  get size(): number { return this.items.length; }

  push(row: LogRecord): void {
    this.items.push({ row });
    if (++this.rows > this.capacity) this.dropOldest();
  }

  /** Leaves the row out, and says so at its place. */
  skip(row: LogRecord): void {
    this.leaveOut({ from: row.seq, to: row.seq, dropped: 1 });
  }

  leaveOut(hole: Hole): void {
    const last = this.items.at(-1);
    if (last?.hole) last.hole = { from: last.hole.from, to: hole.to, dropped: last.hole.dropped + hole.dropped };
    else this.items.push({ hole });
  }

  /** The next hole, or up to `most` rows in front of the next hole; undefined when nothing waits. */
  take(most: number): Hole | LogRecord[] | undefined {
    const first = this.items[0];
    if (!first) return undefined;
    if (first.hole) {
      this.items.shift();
      return first.hole;
    }
    const end = this.items.findIndex((item, index) => index >= most || item.hole !== undefined);
    const taken = this.items.splice(0, end < 0 ? this.items.length : end).map((item) => item.row!);
    this.rows -= taken.length;
    return taken;
  }

  /** The first two items become one hole: at the front stands a row, or a hole and then a row. */
  private dropOldest(): void {
    const index = this.items.findIndex((item) => item.row !== undefined), { seq } = this.items[index]!.row!;
    const before = index > 0 ? this.items[0]!.hole! : undefined, after = this.items[index + 1]?.hole;
    const hole = { from: before?.from ?? seq, to: after?.to ?? seq, dropped: 1 + (before?.dropped ?? 0) + (after?.dropped ?? 0) };
    this.items.splice(0, index + 1 + (after ? 1 : 0), { hole });
    this.rows -= 1;
  }
}
