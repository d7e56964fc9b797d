/** What happened to one exchange. Written for every one of them, so it only notes numbers; it is told when somebody asks. */
import type { Admission, Ending } from '../quota/reservation.ts';

export type Step = 'authenticate' | 'receive' | 'admit' | 'reserve' | 'dispatch' | 'deliver';

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
  private readonly monotonic: () => number;

  constructor(id: string, startedAt: number, monotonic: () => number) {
    this.id = id;
    this.startedAt = startedAt;
    this.monotonic = monotonic;
    this.times = [monotonic()];
  }

  passed(step: Step): void {
    this.steps.push(step);
    this.times.push(this.monotonic());
  }

  failed(code: string): void {
    this.failure ??= code;
    this.times.push(this.monotonic());
  }

  ended(admission: Admission, ending: Ending): void {
    this.admission = admission;
    this.ending = ending;
    this.times.push(this.monotonic());
  }
}
