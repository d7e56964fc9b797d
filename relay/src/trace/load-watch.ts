/**
 * Whether this relay can take more work (RLY-12): refusing early is cheaper for everyone than answering late. Looked at each half second,
 * so a request costs one comparison.
 */
import { constrainedMemory, memoryUsage } from 'node:process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** `busy`: those who have more under way than others wait. `cpu`, `memory`: everyone does. */
export type Load = 'fine' | 'busy' | 'cpu' | 'memory';

export interface Sample {
  /** Of the event loop, 99th percentile since the last sample, milliseconds. */
  readonly lagMs: number;
  /** 0 to 1: of the heap, or of what the machine lets the process have, whichever is fuller. */
  readonly memory: number;
}

export const everyMs = 500;
const resolutionMs = 20;
const busyLagMs = 50, busyForMs = 2_000, overLagMs = 100, overForMs = 5_000;

/** Judges samples one after another. */
export class LoadJudge {
  private busyMs = 0;
  private overMs = 0;

  /** @param memoryLimit 0 to 1 */
  take({ lagMs, memory }: Sample, memoryLimit: number): Load {
    this.busyMs = lagMs > busyLagMs ? this.busyMs + everyMs : 0;
    this.overMs = lagMs > overLagMs ? this.overMs + everyMs : 0;
    if (memory >= memoryLimit) return 'memory';
    if (this.overMs >= overForMs) return 'cpu';
    return this.busyMs >= busyForMs ? 'busy' : 'fine';
  }
}

export interface LoadRules { readonly shedLoad: boolean; readonly memoryPercent: number }

export class LoadWatch {
  load: Load = 'fine';
  private readonly judge = new LoadJudge();
  private readonly delay = monitorEventLoopDelay({ resolution: resolutionMs });
  private readonly timer: NodeJS.Timeout;

  constructor(rules: () => LoadRules | undefined) {
    this.delay.enable();
    this.timer = setInterval(() => this.look(rules()), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }

  private look(rules: LoadRules | undefined): void {
    // What is measured is the time between two looks, which are this far apart when nothing holds them up.
    const lagMs = Math.max(0, this.delay.percentile(99) / 1e6 - resolutionMs);
    this.delay.reset();
    const load = this.judge.take({ lagMs, memory: fullness() }, (rules?.memoryPercent ?? 100) / 100);
    this.load = rules?.shedLoad ? load : 'fine';
  }
}

function fullness(): number {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  const allowed = constrainedMemory();
  // Where nothing limits the process the system answers with a number beyond any memory.
  return Math.max(used / limit, allowed > 0 && allowed < 2 ** 53 ? memoryUsage.rss() / allowed : 0);
}
