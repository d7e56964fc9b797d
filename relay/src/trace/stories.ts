/** The last exchanges of this worker: what `pnpm trace <request id>` tells. In memory only, in two rings. */
import { Story } from './story.ts';

/** An exchange that lasted longer is remembered longer, as one that failed is: those are what people ask for. */
const longMs = 100;

export class Stories {
  private readonly recent: Ring;
  private readonly remarkable: Ring;
  private readonly monotonic: () => number;

  /**
   * @param size how many are remembered that failed or were long; the oldest is forgotten first. Of the others only an eighth: a busy
   *   relay has hundreds between two collections of garbage, and each that is remembered is moved about by both.
   */
  constructor(size: number, monotonic: () => number) {
    this.recent = new Ring(Math.ceil(size / 8));
    this.remarkable = new Ring(size);
    this.monotonic = monotonic;
  }

  begin(id: string, startedAt: number): Story {
    const story = new Story(id, startedAt, this);
    this.recent.put(story);
    return story;
  }

  now(): number { return this.monotonic(); }

  /** Something ended, well or not. */
  ended(story: Story): void {
    if (story.isKept || (story.failure === undefined && story.lastedMs < longMs)) return;
    story.isKept = true;
    this.remarkable.put(story);
  }

  /** By the whole id, at least four characters of its end, or its beginning: people copy a part. */
  find(id: string): Story | undefined {
    const isMeant = (story: Story): boolean => story.id === id || (id.length >= 4 && story.id.endsWith(id)) || (id.length >= 20 && story.id.startsWith(id));
    return this.recent.find(isMeant) ?? this.remarkable.find(isMeant);
  }
}

class Ring {
  private readonly places: (Story | undefined)[];
  private next = 0;

  constructor(size: number) { this.places = Array.from({ length: size }, () => undefined); }

  put(story: Story): void {
    this.places[this.next] = story;
    this.next = this.next + 1 === this.places.length ? 0 : this.next + 1;
  }

  find(isMeant: (story: Story) => boolean): Story | undefined {
    return this.places.find((story) => story !== undefined && isMeant(story));
  }
}
