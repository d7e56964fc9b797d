/** The last exchanges of this relay, each as one story: what `pnpm trace <request id>` tells. In memory only, a ring. */

export interface Mark { readonly step: string; readonly ms: number; readonly note: string }

export interface Story {
  readonly id: string;
  readonly startedAt: number;
  readonly headline: string;
  readonly marks: readonly Mark[];
}

export class Stories {
  private readonly ring: (Story | undefined)[];
  private next = 0;

  /** @param size how many are remembered; the oldest is forgotten first */
  constructor(size: number) { this.ring = Array.from({ length: size }, () => undefined); }

  keep(story: Story): void {
    this.ring[this.next] = story;
    this.next = (this.next + 1) % this.ring.length;
  }

  /** By the whole id, or by its end: people copy the part that differs. */
  find(id: string): Story | undefined {
    return this.ring.find((story) => story !== undefined && (story.id === id || (id.length >= 4 && story.id.endsWith(id))));
  }
}
