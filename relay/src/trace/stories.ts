/** The last exchanges of this worker: what `pnpm trace <request id>` tells. In memory only, a ring. */
import { Story } from './story.ts';

export class Stories {
  private readonly ring: (Story | undefined)[];
  private readonly monotonic: () => number;
  private next = 0;

  /** @param size how many are remembered; the oldest is forgotten first */
  constructor(size: number, monotonic: () => number) {
    this.ring = Array.from({ length: size }, () => undefined);
    this.monotonic = monotonic;
  }

  begin(id: string, startedAt: number): Story {
    const story = new Story(id, startedAt, this.monotonic);
    this.ring[this.next] = story;
    this.next = this.next + 1 === this.ring.length ? 0 : this.next + 1;
    return story;
  }

  /** By the whole id, at least four characters of its end, or its beginning: people copy a part. */
  find(id: string): Story | undefined {
    return this.ring.find((story) => story !== undefined && (story.id === id || (id.length >= 4 && story.id.endsWith(id)) || (id.length >= 20 && story.id.startsWith(id))));
  }
}
