/** One answer that is the same for everybody, used again for a moment: health checks and every page of every client ask for it. */
import type { HttpAnswer } from '../kernel/http/http-message.ts';

export class KeptAnswer {
  private kept: { answer: HttpAnswer; until: number } | undefined;

  /** @param nowMs a clock that only goes forward */
  constructor(private readonly keepMs: number, private readonly nowMs: () => number) {}

  async get(make: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const now = this.nowMs();
    if (this.kept && now < this.kept.until) return this.kept.answer;
    const answer = await make();
    if (answer.status === 200) this.kept = { answer, until: now + this.keepMs };
    return answer;
  }
}
