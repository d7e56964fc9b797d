/** What happened to one exchange. Written for every one of them, so it only notes numbers; it is told when somebody asks. */
import type { Admission, Ending } from '../quota/reservation.ts';

const order = { authenticate: 1, receive: 2, admit: 3, reserve: 4, dispatch: 5, deliver: 6 } as const;
/** In the order in which an exchange passes them. */
export type Step = keyof typeof order;
const steps = Object.keys(order) as Step[], last = 7;

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
  /** Milliseconds of the monotonic clock: the beginning, each step when it was done (NaN: not passed), and what was told last. */
  private readonly marks: number[];
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
    const began = book.now();
    this.marks = [began, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, began];
  }

  /** From its beginning to what was told last. */
  get lastedMs(): number { return this.marks[last]! - this.marks[0]!; }

  /** The steps that were passed, and how long each took. */
  get walked(): { readonly step: Step; readonly ms: number }[] {
    let before = this.marks[0]!;
    return steps.flatMap((step) => {
      const at = this.marks[order[step]]!, ms = at - before;
      if (Number.isNaN(at)) return [];
      before = at;
      return [{ step, ms }];
    });
  }

  passed(step: Step): void {
    this.marks[order[step]] = this.marks[last] = this.book.now();
  }

  failed(code: string): void {
    this.failure ??= code;
    this.marks[last] = this.book.now();
    this.book.ended(this);
  }

  ended(admission: Admission, ending: Ending): void {
    this.admission = admission;
    this.ending = ending;
    this.marks[last] = this.book.now();
    this.book.ended(this);
  }
}
