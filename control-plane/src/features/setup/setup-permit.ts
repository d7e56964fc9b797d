/** Who may complete the set-up (SEC-08): somebody on this machine, or the holder of the one-time token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback, isLoopbackHost } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';

const forwarding = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'];

/**
 * A proxy on this machine makes everybody look local, and a foreign page can resolve its own name to 127.0.0.1:
 * so no forwarding header may be there, and the Host must be a local one.
 */
export function isLocalCaller(ctx: RequestContext): boolean {
  const isForwarded = forwarding.some((name) => ctx.headers.has(name));
  return !isForwarded && isLoopback(ctx.address) && isLoopbackHost(ctx.headers.get('host') ?? 'localhost');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const isSetupToken = (given: string | null | undefined, token: string | undefined): boolean =>
  given != null && token !== undefined && token.length >= 16 && timingSafeEqual(digest(given), digest(token));
