/**
 * Which channels, or credentials, rest because they failed (UPS-06): five failures in a row, or half of at least twenty in ten seconds,
 * let one rest for 30 s, each time longer, at most 300 s. Then one request tries it, alone; its outcome decides. While nothing fails,
 * nothing is kept.
 */
import type { Chance } from './choose.ts';

const inARow = 5, leastOfShare = 20, windowMs = 10_000, firstRestMs = 30_000, longestRestMs = 300_000;
/** Rests are told apart a little, so that the relays of a fleet do not come back in the same moment. */
const leastShare = 0.75;
const mostEntries = 100_000;
/** Longer than any answer takes to begin. */
const longestTrialMs = 120_000;

interface Entry {
  inARow: number;
  windowSince: number;
  all: number;
  failed: number;
  /** 0: not resting. */
  restsUntil: number;
  /** How often it came to rest without a good time in between. */
  rests: number;
  /** Until then one request tries it; 0: none does. A trial that nobody ends does not keep it for ever. */
  triedUntil: number;
}

export class Breaker {
  private readonly entries = new Map<number, Entry>();
  private readonly chance: Chance;

  constructor(chance: Chance) { this.chance = chance; }

  /** Nothing failed lately: every question has the answer no. */
  get isQuiet(): boolean { return this.entries.size === 0; }

  /** Not to be used now, or being tried by another request. @param now milliseconds that only grow */
  rests(id: number, now: number): boolean {
    const entry = this.entries.get(id);
    return entry !== undefined && entry.restsUntil > 0 && (entry.restsUntil > now || entry.triedUntil > now);
  }

  /** When its rest ends; 0: it has none. */
  restsUntil(id: number): number { return this.entries.get(id)?.restsUntil ?? 0; }

  /** A request goes there. After a rest it is the one that tries. */
  begun(id: number, now: number): void {
    const entry = this.entries.get(id);
    if (entry && entry.restsUntil > 0) entry.triedUntil = now + longestTrialMs;
  }

  /** The request ended without saying anything about it: its client left, for example. */
  released(id: number): void {
    const entry = this.entries.get(id);
    if (entry) entry.triedUntil = 0;
  }

  succeeded(id: number, now: number): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    if (entry.restsUntil > now && entry.triedUntil === 0) return;      // it had begun before the others failed
    const quiet = now - entry.windowSince > windowMs, wasResting = entry.restsUntil > 0;
    entry.restsUntil = 0;
    entry.triedUntil = 0;
    entry.inARow = 0;
    if (wasResting) this.restart(entry, now);
    else if (quiet) this.entries.delete(id);
    else entry.all++;
  }

  /** @returns true: this failure let it come to rest */
  failed(id: number, now: number): boolean {
    const entry = this.entries.get(id) ?? this.add(id, now);
    if (entry.restsUntil > now && entry.triedUntil === 0) return false;
    if (now - entry.windowSince > windowMs) this.restart(entry, now);
    entry.inARow++;
    entry.all++;
    entry.failed++;
    const tried = entry.restsUntil > 0;
    if (!tried && entry.inARow < inARow && !(entry.all >= leastOfShare && entry.failed * 2 >= entry.all)) return false;
    entry.rests++;
    entry.triedUntil = 0;
    entry.restsUntil = now + Math.min(longestRestMs, firstRestMs * entry.rests) * (leastShare + (1 - leastShare) * this.chance());
    return true;
  }

  private add(id: number, now: number): Entry {
    if (this.entries.size >= mostEntries) this.entries.clear();
    const entry: Entry = { inARow: 0, windowSince: now, all: 0, failed: 0, restsUntil: 0, rests: 0, triedUntil: 0 };
    this.entries.set(id, entry);
    return entry;
  }

  private restart(entry: Entry, now: number): void {
    entry.windowSince = now;
    entry.all = entry.failed = 0;
  }
}
