/** Who is let in while a relay has more to do than it can (RLY-12): nobody when it is overloaded, and while it is busy only those who ask for little. */
import { Failure } from '../failure/failure.ts';
import type { Load } from '../trace/load-watch.ts';

/** Below this nobody counts as greedy. */
const fewAtOnce = 16;

export class Admission {
  private readonly underWay = new Map<number, number>();
  private total = 0;
  private readonly load: () => Load;

  constructor(load: () => Load) { this.load = load; }

  /** Before anything is read: `system_cpu_overloaded`, `system_memory_overloaded`. */
  refusal(): Failure | undefined {
    const load = this.load();
    if (load === 'fine' || load === 'busy') return undefined;
    return new Failure(load === 'cpu' ? 'system_cpu_overloaded' : 'system_memory_overloaded', { retryAfterSeconds: 2 });
  }

  /** The user has one more under way, unless the relay is busy and theirs are more than twice a fair share. */
  enter(userId: number): Failure | undefined {
    const own = this.underWay.get(userId) ?? 0;
    if (this.load() === 'busy' && own >= fewAtOnce && own * this.underWay.size > 2 * this.total) return new Failure('system_cpu_overloaded', { retryAfterSeconds: 2 });
    this.underWay.set(userId, own + 1);
    this.total++;
    return undefined;
  }

  leave(userId: number): void {
    const own = this.underWay.get(userId) ?? 0;
    if (own <= 1) this.underWay.delete(userId); else this.underWay.set(userId, own - 1);
    this.total = Math.max(0, this.total - 1);
  }
}
