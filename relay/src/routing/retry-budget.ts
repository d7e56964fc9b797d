/** How many retries all requests of this relay may make together (UPS-01): a dead provider must not get its load multiplied. */

const windowSeconds = 10;
const shareOfRequests = 0.1;
const leastPerSecond = 3;

export class RetryBudget {
  private readonly requests: number[] = Array.from({ length: windowSeconds }, () => 0);
  private readonly retries: number[] = Array.from({ length: windowSeconds }, () => 0);
  private second = 0;

  /** @param now milliseconds that only grow */
  request(now: number): void {
    this.turn(now);
    this.requests[this.second % windowSeconds]!++;
  }

  /** Takes one retry; false: there is none left. */
  take(now: number): boolean {
    this.turn(now);
    const allowed = Math.max(leastPerSecond * windowSeconds, shareOfRequests * sum(this.requests));
    if (sum(this.retries) >= allowed) return false;
    this.retries[this.second % windowSeconds]!++;
    return true;
  }

  private turn(now: number): void {
    const current = Math.floor(now / 1_000);
    if (current === this.second) return;
    for (let second = Math.max(this.second + 1, current - windowSeconds + 1); second <= current; second++) {
      this.requests[second % windowSeconds] = 0;
      this.retries[second % windowSeconds] = 0;
    }
    this.second = current;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
