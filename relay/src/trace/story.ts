/** What happened to one exchange. Written for every one of them, so it only notes numbers; it is told when somebody asks. */
import type { Admission, Ending } from '../quota/reservation.ts';

export type Step = 'authenticate' | 'receive' | 'admit' | 'reserve' | 'dispatch' | 'deliver';

/** Who remembers stories, and for how long. */
export interface StoryBook {
  /** Monotonic milliseconds. */
  now(): number;
  /** It may have ended: told with each ending, and a refusal may follow one. */
  ended(story: Story): void;
}

export class Story {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly steps: Step[] = [];
  /** When each step was done, in milliseconds of the monotonic clock; the first is the beginning. */
  readonly times: number[];
  failure: string | undefined;
  admission: Admission | undefined;
  ending: Ending | undefined;
  /** Remembered longer than others. Belongs to the book. */
  isKept = false;
  private readonly book: StoryBook;

  constructor(id: string, startedAt: number, book: StoryBook) {
    this.id = id;
    this.startedAt = startedAt;
    this.book = book;
    this.times = [book.now()];
  }

  /** From its beginning to what was told last. */
  get lastedMs(): number { return this.times.at(-1)! - this.times[0]!; }

  passed(step: Step): void {
    this.steps.push(step);
    this.times.push(this.book.now());
  }

  failed(code: string): void {
    this.failure ??= code;
    this.times.push(this.book.now());
    this.book.ended(this);
  }

  ended(admission: Admission, ending: Ending): void {
    this.admission = admission;
    this.ending = ending;
    this.times.push(this.book.now());
    this.book.ended(this);
  }
}
