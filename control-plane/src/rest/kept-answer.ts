/** One answer that is the same for everybody, used again for a moment: health checks and every page of every client ask for it. */
import type { HttpAnswer } from '../kernel/http/http-message.ts';

export class KeptAnswer {
  private kept: { answer: HttpAnswer; until: number } | undefined;
  private round = 0;

  /** @param nowMs a clock that only goes forward */
  constructor(private readonly keepMs: number, private readonly nowMs: () => number) {}

  /** The answer that is still good, for whoever asks before anything else is known of the caller. */
  peek(): HttpAnswer | undefined {
    return this.kept && this.nowMs() < this.kept.until ? this.kept.answer : undefined;
  }

  async get(make: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const kept = this.peek();
    if (kept) return kept;
    const until = this.nowMs() + this.keepMs, { round } = this, answer = await make();
    // As bytes: the socket would make them of the text again each time.
    if (answer.status === 200 && round === this.round) this.kept = { answer: { ...answer, body: Buffer.from(answer.body) }, until };
    return answer;
  }

  /** Something was changed here: who changed it sees that at once, and nothing that was being made meanwhile is kept. */
  forget(): void {
    this.kept = undefined;
    this.round++;
  }
}
