/**
 * Follows the published picture: takes messages as hints, applies deltas on their exact base, and reads the whole when anything is
 * missing. Whatever is lost, repeated, reordered or forged, the head in Redis decides, and only what verifies becomes the picture.
 */
import type { RelayHead } from '../gql/types.gen.ts';
import { backoffMs, type Random } from '../link/backoff.ts';
import type { MessageSeal } from '../link/message-seal.ts';
import type { Clock } from '../trace/clock.ts';
import { DeltaChain } from './delta-chain.ts';
import { isLater, isSame, readDelta, readHead } from './head.ts';
import type { PictureBuilder, Refusal } from './picture-builder.ts';
import { Picture } from './picture.ts';
import { PictureSource } from './picture-source.ts';

export interface FollowerOptions {
  source: PictureSource;
  builder: PictureBuilder;
  seal: MessageSeal;
  clock: Clock;
  random: Random;
  onPicture: (picture: Picture, from: 'delta' | 'whole') => void;
  /** The present picture was confirmed as the current one. */
  onConfirmed: () => void;
  onRefusal: (reason: string) => void;
}

/** A longer message is only a hint to read the whole: taking it apart in one piece would stall the loop. */
const longestMessage = 1_048_576;
/** Pause after a refusal, in multiples of the time it took to find out: bad versions cost at most a tenth of the CPU (CFG-05). */
const refusalPause = 10;

export class PictureFollower {
  readonly counters = { dropped: 0, deltas: 0, fetches: 0, refused: 0 };
  picture: Picture | undefined;
  private refused: RelayHead | undefined;
  /** The latest head that anybody told of. */
  private newest: RelayHead | undefined;
  private failures = 0;
  private notBefore = -Infinity;
  private busy = false;
  private stopped = false;
  private turnSoon: NodeJS.Immediate | undefined;
  private fetchSoon: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<() => void>();
  private readonly chain = new DeltaChain();
  private readonly options: FollowerOptions;

  constructor(options: FollowerOptions) {
    this.options = options;
  }

  /** A text from the channel of the picture. */
  receive(text: string): void {
    if (text.length > longestMessage) return void this.compare();
    const { seal } = this.options;
    const json = seal.unpack(PictureSource.channel, text);
    const delta = json === undefined ? undefined : readDelta(json, seal);
    if (!delta) { this.counters.dropped++; return; }
    if (!this.chain.offer(delta)) this.counters.dropped++;             // its head counts all the same: the whole will be read
    this.see(delta.head);
    this.turnSoon ??= setImmediate(() => { void this.turn(); });       // a burst of deltas becomes one change
  }

  /** Compares with the head in Redis. Resolves when it was read and what it asks for is under way. */
  async compare(): Promise<void> {
    const text = await this.options.source.head();
    const head = text === undefined ? undefined : readHead(text, this.options.seal);
    if (text !== undefined && !head) this.counters.dropped++;
    if (!head) return;
    this.see(head);
    await this.turn();
  }

  /** Resolves when nothing later than the picture is known of. */
  caughtUp(): Promise<void> {
    return this.isBehind() ? new Promise((resolve) => { this.waiting.add(resolve); }) : Promise.resolve();
  }

  stop(): void {
    this.stopped = true;
    clearImmediate(this.turnSoon);
    clearTimeout(this.fetchSoon);
  }

  private see(head: RelayHead): void {
    if (this.picture && isSame(head, this.picture.head)) this.options.onConfirmed();
    const { newest } = this;
    if (!newest || isLater(head, newest) || (isSame(head, newest) && head.publishedAt > newest.publishedAt)) this.newest = head;
  }

  private isBehind(): boolean {
    const { newest, refused } = this;
    return newest !== undefined && this.isNews(newest) && !(refused && isSame(newest, refused));
  }

  /** Whether `head` is later than what we serve, or than its last confirmation: heartbeats bring the same head with a new time. */
  private isNews(head: RelayHead): boolean {
    const { newest, picture } = this;
    if (!picture) return true;
    return isLater(head, newest && isSame(newest, picture.head) ? newest : picture.head);
  }

  /** Applies the deltas that fit; what is missing after that is read whole. One at a time. */
  private async turn(): Promise<void> {
    this.turnSoon = undefined;
    if (this.busy || this.stopped) return;
    this.busy = true;
    for (;;) {
      const { picture } = this, change = picture && this.chain.take(picture.version);
      if (!change) break;
      const started = this.options.clock.monotonic();
      this.counters.deltas++;
      this.take(await this.options.builder.change(picture, change), change.head, 'delta', started);
    }
    this.busy = false;
    this.fetchIfBehind();
  }

  private fetchIfBehind(): void {
    if (!this.isBehind()) {
      this.waiting.forEach((resolve) => resolve());
      this.waiting.clear();
    } else if (!this.fetchSoon && !this.stopped) {
      const { clock, random } = this.options;
      const delay = Math.max(backoffMs(this.failures, random), this.notBefore - clock.monotonic());
      this.fetchSoon = setTimeout(() => { void this.fetch(); }, delay);
    }
  }

  private async fetch(): Promise<void> {
    this.fetchSoon = undefined;
    if (this.busy) return;                               // the turn that is running looks again when it ends
    if (this.isBehind()) {
      this.busy = true;
      this.failures++;                                   // until the picture is the newest: a success that does not help is none
      try {
        await this.readWhole();
      } catch (error) {
        this.options.onRefusal(`a picture that cannot be taken: ${String(error)}`);
      }
      this.busy = false;
    }
    await this.turn();
  }

  private async readWhole(): Promise<void> {
    this.counters.fetches++;
    const { source, builder, seal, clock } = this.options;
    const whole = await source.whole();
    const head = whole && readHead(whole.head, seal);
    if (!whole || !head || (this.refused && isSame(head, this.refused)) || !this.isNews(head)) return;
    const started = clock.monotonic();
    this.take(await builder.whole(head, whole.resources), head, 'whole', started);
  }

  private take(result: Picture | Refusal, head: RelayHead, from: 'delta' | 'whole', started: number): void {
    const { clock, onPicture, onConfirmed, onRefusal } = this.options;
    if (result instanceof Picture) {
      this.picture = result;
      this.refused = undefined;
      onPicture(result, from);
      onConfirmed();
      if (!this.isBehind()) this.failures = 0;
      return;
    }
    const now = clock.monotonic();
    this.notBefore = now + Math.min(10_000, refusalPause * (now - started));
    if (result.kind === 'mismatch' && from === 'delta') return;        // our base differs from theirs: the whole will tell
    this.counters.refused++;
    if (result.kind === 'invalid') this.refused = head;
    onRefusal(result.reason);
  }
}
