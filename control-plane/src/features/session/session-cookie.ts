/** The cookie `session` (name and life time are the contract's, management-api 2.2). */
import { isLoopbackHost } from '../../kernel/client-address.ts';

const lifeSeconds = 2_592_000;

export function readSessionCookie(headers: ReadonlyMap<string, string>): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === 'session' && value) return value;
  }
  return undefined;
}

/** Without Secure on this machine only, where there is no TLS and nobody listens in. */
const attributes = (headers: ReadonlyMap<string, string>) =>
  `Path=/; HttpOnly; SameSite=Strict${isLoopbackHost(headers.get('host')) ? '' : '; Secure'}`;

export const sessionCookie = (key: string, headers: ReadonlyMap<string, string>): string => `session=${key}; Max-Age=${lifeSeconds}; ${attributes(headers)}`;

export const endedCookie = (headers: ReadonlyMap<string, string>): string => `session=; Max-Age=0; ${attributes(headers)}`;
