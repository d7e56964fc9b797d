/** How many requests this process is answering. */
export class InFlight {
  private running = 0;

  get count(): number { return this.running; }

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
    }
  }
}
