import type { Clock } from '../trace/clock.ts';
import type { Picture } from './picture.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** A burst of versions is one write; storing must come within 2 s (CFG-07). */
const settleMs = 250;
/** Writing takes at most this share of the time, however large the picture and however often it changes. */
const share = 10;

/** Keeps the disk up with the newest good picture, without ever holding it up. */
export class SnapshotSaver {
  private pending: Picture | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private earliest = 0;
  private broken = false;
  private stopped = false;
  private readonly store: SnapshotStore;
  private readonly clock: Clock;
  private readonly warn: (line: string) => void;

  constructor(store: SnapshotStore, clock: Clock, warn: (line: string) => void) {
    this.store = store;
    this.clock = clock;
    this.warn = warn;
  }

  offer(picture: Picture): void {
    this.pending = picture;
    this.timer ??= setTimeout(() => { this.writing = this.write(); }, Math.max(settleMs, this.earliest - this.clock.monotonic()));
  }

  /** Writes at once what still waits. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.writing;
    await this.write();
  }

  private async write(): Promise<void> {
    const picture = this.pending, started = this.clock.monotonic();
    this.pending = undefined;
    if (picture) {
      try {
        await this.store.save(picture);
        this.broken = false;
      } catch (error) {
        if (!this.broken) this.warn(`snapshot: cannot be stored (${error instanceof Error ? error.message : String(error)}); a cold start would use an older one`);
        this.broken = true;
        this.pending ??= picture;
      }
    }
    const ended = this.clock.monotonic();
    this.earliest = ended + share * (ended - started) + (this.broken ? 5_000 : 0);
    this.timer = undefined;
    if (this.pending && !this.stopped) this.offer(this.pending);
  }
}
