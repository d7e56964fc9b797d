/** A value that is read once for some time and shared by all who ask meanwhile. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from './clock.ts';

export class Kept<Value> {
  private kept: { at: number; value: Promise<Value> } | undefined;

  /** @param load gets an entity manager of its own */
  constructor(private readonly clock: Clock, private readonly freshMs: number, private readonly load: (em: EntityManager) => Promise<Value>) {}

  read(em: EntityManager): Promise<Value> {
    const at = this.clock.now().getTime();
    if (this.kept && at - this.kept.at < this.freshMs) return this.kept.value;
    const kept = { at, value: this.load(em.fork()) };
    this.kept = kept;
    // A failure is told to those who wait for it, and not kept.
    kept.value.catch(() => { if (this.kept === kept) this.kept = undefined; });
    return kept.value;
  }

  forget(): void {
    this.kept = undefined;
  }
}

/** What one process keeps of what its callers may change: each change made here is seen by the next call here. */
export class KeptValues {
  private readonly all: { forget(): void }[] = [];

  add<Value>(kept: Kept<Value>): Kept<Value> {
    this.all.push(kept);
    return kept;
  }

  forget(): void {
    for (const kept of this.all) kept.forget();
  }
}
