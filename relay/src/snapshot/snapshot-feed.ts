import type { RelayState } from '../gql/types.gen.ts';
import type { Random } from '../link/backoff.ts';
import type { MessageSeal } from '../link/message-seal.ts';
import type { Wires } from '../link/wires.ts';
import type { Clock } from '../trace/clock.ts';
import { readHead } from './head.ts';
import { PictureBuilder } from './picture-builder.ts';
import { PictureFollower } from './picture-follower.ts';
import { Picture } from './picture.ts';
import { PictureSource } from './picture-source.ts';
import { SecretBox } from './secret-box.ts';
import { SnapshotSaver } from './snapshot-saver.ts';
import type { SnapshotSource } from './snapshot-source.ts';
import { SnapshotStore } from './snapshot-store.ts';

export interface FeedOptions {
  wires: Wires;
  seal: MessageSeal;
  masterKey: Buffer;
  /** `<data>/relay-<n>/snapshot` */
  folder: string;
  clock: Clock;
  random: Random;
  log: { info(line: string): void; warn(line: string): void };
  /** Told on each change what this relay serves, and what it refuses. */
  report: (state: Pick<RelayState, 'version' | 'hash' | 'refusal'>) => void;
}

const tickMs = 1_000, compareTicks = 5, confirmTicks = 60;
/** A process that stood still for this long may have missed anything. */
const pauseMs = 5_000;
const settleMs = 1_000, alarmMs = 30_000;

/** The relay's picture, kept current over the link and kept on disk (docs/decisions/0002-relay-link.md, "The picture"). */
export class SnapshotFeed implements SnapshotSource {
  settling: Promise<void> | undefined;
  private confirmedAt = -Infinity;
  private refusal: string | null = null;
  private stale = false;
  private ticks = 0;
  private last: { monotonic: number; wall: number };
  private stops: (() => void)[] = [];
  private readonly options: FeedOptions;
  private readonly follower: PictureFollower;
  private readonly builder: PictureBuilder;
  private readonly store: SnapshotStore;
  private readonly saver: SnapshotSaver;

  /** Returns when the stored picture, if there is a good one, can be served; then follows the control plane. */
  static async start(options: FeedOptions): Promise<SnapshotFeed> {
    const feed = new SnapshotFeed(options);
    await feed.restore();
    feed.follow();
    return feed;
  }

  private constructor(options: FeedOptions) {
    const { wires, seal, masterKey, folder, clock, random, log } = options;
    this.options = options;
    this.store = new SnapshotStore(folder);
    this.saver = new SnapshotSaver(this.store, clock, (line) => log.warn(line));
    this.builder = new PictureBuilder(new SecretBox(masterKey), clock);
    this.last = { monotonic: clock.monotonic(), wall: clock.now() };
    this.follower = new PictureFollower({
      source: new PictureSource(wires), builder: this.builder, seal, clock, random,
      onPicture: (picture, from) => this.adopt(picture, from),
      onConfirmed: () => { this.confirmedAt = clock.monotonic(); },
      onRefusal: (reason) => this.refuse(reason),
    });
  }

  current(): Picture | undefined {
    return this.follower.picture;
  }

  ageMs(): number {
    return this.options.clock.monotonic() - this.confirmedAt;
  }

  /** For the metrics. */
  get counters(): Readonly<PictureFollower['counters']> {
    return this.follower.counters;
  }

  async stop(): Promise<void> {
    this.stops.splice(0).forEach((stop) => stop());
    this.follower.stop();
    await this.saver.stop();
  }

  private async restore(): Promise<void> {
    const { clock, log, seal } = this.options;
    for await (const stored of this.store.load()) {
      if (typeof stored === 'string') { log.warn(`snapshot: ${stored}`); continue; }
      const head = readHead(stored.head, seal);
      const picture = head && (await this.builder.whole(head, stored.resources));
      if (picture instanceof Picture) {
        this.follower.picture = picture;
        this.confirmedAt = clock.monotonic() - Math.max(0, clock.now() - stored.confirmedAt);
        log.info(`snapshot: version ${picture.version} from disk (${picture.indexes.held.size} resources)`);
        return this.tell();
      }
      log.warn(`snapshot: a stored picture is refused: ${picture ? picture.reason : 'it was not made with this master key'}`);
    }
  }

  private follow(): void {
    const { wires } = this.options;
    const timer = setInterval(() => this.tick(), tickMs);
    this.stops = [
      () => clearInterval(timer),
      wires.listen(PictureSource.channel, (text) => this.follower.receive(text)),
      wires.onConnection((connected) => { if (connected) void this.follower.compare(); }),
    ];
    void this.follower.compare();
  }

  private tick(): void {
    const { clock, log } = this.options;
    const now = { monotonic: clock.monotonic(), wall: clock.now() };
    const stoodStill = Math.max(now.monotonic - this.last.monotonic, now.wall - this.last.wall) > pauseMs;
    this.last = now;
    if (stoodStill) this.settle();
    else if (++this.ticks % compareTicks === 0) void this.follower.compare();
    if (this.ticks % confirmTicks === 0 && this.ageMs() < pauseMs) void this.store.confirm(new Date(now.wall));
    const stale = this.follower.picture !== undefined && this.ageMs() > alarmMs;
    if (stale && !this.stale) log.warn(`snapshot: no news of version ${this.follower.picture?.version} for ${alarmMs / 1_000} s; still serving it`);
    if (!stale && this.stale) log.info(`snapshot: version ${this.follower.picture?.version} is current again`);
    this.stale = stale;
  }

  private settle(): void {
    const late = new Promise<void>((resolve) => { setTimeout(resolve, settleMs).unref(); });
    this.settling = Promise.race([this.follower.compare().then(() => this.follower.caughtUp()), late])
      .finally(() => { this.settling = undefined; });
  }

  private adopt(picture: Picture, from: 'delta' | 'whole'): void {
    this.refusal = null;
    this.saver.offer(picture);
    this.tell();
    if (from === 'whole') this.options.log.info(`snapshot: version ${picture.version} read whole (${picture.indexes.held.size} resources)`);
  }

  private refuse(reason: string): void {
    this.options.log.warn(`snapshot: refused ${reason}; still serving ${this.follower.picture ? `version ${this.follower.picture.version}` : 'nothing'}`);
    this.refusal = reason.slice(0, 500);
    this.tell();
  }

  private tell(): void {
    const { picture } = this.follower;
    this.options.report({ version: picture?.version ?? 0, hash: picture?.hash ?? '', refusal: this.refusal });
  }
}
