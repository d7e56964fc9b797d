/** Cookies: one way to read them, and what all of ours have in common (SES-01). */
import { isLoopbackHost } from './client-address.ts';

export function readCookie(headers: ReadonlyMap<string, string>, wanted: string): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value) return value;
  }
  return undefined;
}

/** Without Secure on this machine only, where there is no TLS and nobody listens in. */
export const cookieAttributes = (headers: ReadonlyMap<string, string>): string =>
  `Path=/; HttpOnly; SameSite=Strict${isLoopbackHost(headers.get('host')) ? '' : '; Secure'}`;
