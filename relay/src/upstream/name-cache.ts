import type { Clock } from '../trace/clock.ts';
import type { NameLookup } from './name-lookup.ts';

const patienceMs = 2_000, shortestMs = 5_000, longestMs = 300_000, staleMs = 600_000, mostNames = 4_096;

interface Entry { addresses: readonly string[]; freshUntil: number; staleUntil: number }

/** Remembers addresses for their time to live, and beyond it when nobody answers: a name server may be away for ten minutes (UPS-07). */
export class NameCache {
  private readonly known = new Map<string, Entry>();
  private readonly asked = new Map<string, Promise<Entry | undefined>>();
  private readonly lookup: NameLookup;
  private readonly clock: Clock;

  constructor(lookup: NameLookup, clock: Clock) {
    this.lookup = lookup;
    this.clock = clock;
  }

  /** Empty when the name is not known. Answers within 2 s; never rejects. */
  async addressesOf(host: string): Promise<readonly string[]> {
    const entry = this.known.get(host);
    if (entry && this.clock.monotonic() < entry.freshUntil) return entry.addresses;
    const fresh = await this.ask(host);
    if (fresh) return fresh.addresses;
    return entry && this.clock.monotonic() < entry.staleUntil ? entry.addresses : [];
  }

  private ask(host: string): Promise<Entry | undefined> {
    let asked = this.asked.get(host);
    if (!asked) {
      asked = this.bounded(host).finally(() => { this.asked.delete(host); });
      this.asked.set(host, asked);
    }
    return asked;
  }

  private bounded(host: string): Promise<Entry | undefined> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(undefined), patienceMs);
      // A late answer still serves the next one who asks.
      this.lookup(host).then((found) => {
        clearTimeout(late);
        if (found.addresses.length === 0) return resolve(undefined);
        const now = this.clock.monotonic(), freshUntil = now + Math.min(longestMs, Math.max(shortestMs, found.ttlSeconds * 1_000));
        const entry = { addresses: found.addresses, freshUntil, staleUntil: freshUntil + staleMs };
        if (this.known.size >= mostNames) this.known.delete(this.known.keys().next().value ?? host);
        this.known.set(host, entry);
        return resolve(entry);
      }, () => { clearTimeout(late); resolve(undefined); });
    });
  }
}
