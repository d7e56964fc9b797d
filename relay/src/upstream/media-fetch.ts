/**
 * Fetches pictures, sounds and documents that clients name by address, for providers that take only bytes (dialects 4.4, EGR-04, EGR-06).
 * What is denied and what fails looks the same from outside: nobody learns here what stands behind an address.
 */
import { imageSize } from 'image-size';
import { Failure } from '../failure/failure.ts';
import type { MediaGuard } from './media-guard.ts';
import type { Signal } from './signal.ts';
import type { Upstream, UpstreamAnswer } from './upstream.ts';

export type MediaKind = 'image' | 'audio' | 'file';
export interface Media { readonly base64: string; readonly mime: string }

const mostBytes = 20 << 20, patienceMs = 10_000, mostHops = 3, atOnceForOne = 4, mostPixels = 50_000_000;
const timeouts = { connectMs: 5_000, firstByteMs: patienceMs, silenceMs: patienceMs, totalMs: patienceMs };
const headers: readonly string[] = Object.freeze(['user-agent', 'Weir', 'accept', '*/*']);

const fits: Record<MediaKind, RegExp> = { image: /^image\//, audio: /^audio\//, file: /^(?:application\/pdf|text\/|image\/|audio\/|video\/)/ };
/** A type that says nothing: what the first bytes say counts. */
const mute = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

export class MediaFetch {
  private readonly underWay = new Map<number, { count: number; waiting: (() => void)[] }>();
  private readonly upstream: Upstream;
  private readonly guard: MediaGuard;
  private readonly sniff: (declared: string, base64: string) => string;

  /** @param sniff gives a type, from the declared one and the first bytes */
  constructor(upstream: Upstream, guard: MediaGuard, sniff: (declared: string, base64: string) => string) {
    this.upstream = upstream;
    this.guard = guard;
    this.sniff = sniff;
  }

  /** @returns undefined: it may not be had, or could not be had in time. Four at once for one user, the others wait. */
  async fetch(address: string, kind: MediaKind, userId: number, signal: Signal): Promise<Media | undefined> {
    await this.enter(userId);
    try {
      const answer = await this.follow(address, signal);
      return answer && await this.read(answer, kind);
    } finally {
      this.leave(userId);
    }
  }

  /** Each hop is looked at as the first one; nothing but the address goes from one to the next. */
  private async follow(address: string, signal: Signal): Promise<UpstreamAnswer | undefined> {
    let url = URL.parse(address);
    for (let hop = 0; hop <= mostHops && url; hop++) {
      if (!this.guard.admits(url)) return undefined;
      const answer = await this.upstream.open({ origin: url.origin, path: url.pathname + url.search, method: 'GET', headers, body: undefined, timeouts }, signal);
      if (answer instanceof Failure) return undefined;
      if (answer.status === 200) return answer;
      answer.cancel();
      const next: string | undefined = answer.status >= 301 && answer.status <= 308 ? answer.header('location') : undefined;
      url = next === undefined ? null : URL.parse(next, url.href);
    }
    return undefined;
  }

  private async read(answer: UpstreamAnswer, kind: MediaKind): Promise<Media | undefined> {
    const declared = (answer.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
    const encoding = answer.header('content-encoding') ?? 'identity';
    const length = Number(answer.header('content-length') ?? 0);
    if (length > mostBytes || encoding !== 'identity' || !(mute.has(declared) || fits[kind].test(declared))) { answer.cancel(); return undefined; }
    const bytes = await whole(answer);
    if (!bytes) return undefined;
    const base64 = bytes.toString('base64'), mime = this.sniff(mute.has(declared) ? '' : declared, base64);
    return fits[kind].test(mime) && (!mime.startsWith('image/') || pixelsOf(bytes) <= mostPixels) ? { base64, mime } : undefined;
  }

  private async enter(userId: number): Promise<void> {
    const room = this.underWay.get(userId) ?? { count: 0, waiting: [] };
    this.underWay.set(userId, room);
    if (room.count >= atOnceForOne) await new Promise<void>((resolve) => { room.waiting.push(resolve); });
    else room.count++;
  }

  private leave(userId: number): void {
    const room = this.underWay.get(userId), next = room?.waiting.shift();
    if (next) next();                                    // its place is handed on
    else if (room && --room.count === 0) this.underWay.delete(userId);
  }
}

/** What a decoder would have to hold. A form that nobody knows is for the provider to judge. */
function pixelsOf(bytes: Buffer): number {
  try {
    const { width, height } = imageSize(bytes);
    return width * height;
  } catch {
    return 0;                                            // how the library says that it does not know the form
  }
}

function whole(answer: UpstreamAnswer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const done = (): void => resolve(bytes > 0 ? Buffer.concat(pieces) : undefined);
    // A server that drips must not hold a place for longer than one that is silent.
    const late = setTimeout(() => { answer.cancel(); resolve(undefined); }, patienceMs);
    const end = (result: () => void): void => { clearTimeout(late); result(); };
    answer.start({
      onData: (chunk, last) => {
        pieces.push(Buffer.from(chunk));
        bytes += chunk.length;
        if (bytes > mostBytes) { answer.cancel(); end(() => resolve(undefined)); } else if (last) end(done);
      },
      onEnd: () => end(done),
      onFailure: () => end(() => resolve(undefined)),
    });
  });
}
