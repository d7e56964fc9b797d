/** Which credentials rest, because their provider asked for it (`Retry-After`, semantics 3.2). Kept in memory, by this relay alone. */

/** UPS-06: what a provider asks for beyond this is not sane. */
const longestMs = 60_000;
/** More would only be reached by an operator who replaces credentials all day. */
const mostEntries = 100_000;

export class Cooldown {
  private readonly until = new Map<number, number>();

  /** @param now milliseconds, of the clock that `isResting` is asked with */
  rest(credentialId: number, seconds: number, now: number): void {
    if (this.until.size >= mostEntries) this.until.clear();
    const ms = Math.min(Math.max(seconds * 1_000, 0), longestMs);
    if (ms > 0) this.until.set(credentialId, now + ms);
  }

  /** Nobody was asked to wait. */
  get isQuiet(): boolean { return this.until.size === 0; }

  isResting(credentialId: number, now: number): boolean {
    if (this.until.size === 0) return false;
    const until = this.until.get(credentialId);
    if (until === undefined) return false;
    if (until > now) return true;
    this.until.delete(credentialId);
    return false;
  }
}

/** Seconds of a Retry-After header, in either form; undefined when it is absent or says nothing. */
export function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.length > 64) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  const date = /^[A-Za-z]{3,9}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1_000));
}
