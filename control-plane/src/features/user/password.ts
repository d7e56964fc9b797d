/** Passwords, as Argon2id (SEC-05). A stored hash never leaves this file's callers. */
import { hash, verify } from '@node-rs/argon2';

/** The library's algorithm is Argon2id unless told otherwise. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const shortestPassword = 8;
export const longestPassword = 128;

export const fitsPassword = (text: string): boolean => text.length >= shortestPassword && text.length <= longestPassword;

export const hashPassword = (text: string): Promise<string> => hash(text, cost);

/** Compared when there is no such user, so that the answer takes as long (LIM-02). Made once, on first use. */
let decoy: Promise<string> | undefined;

/** False for a wrong password, and, after the same work, for an unknown user (`stored` undefined). */
export async function isPassword(text: string, stored: string | undefined): Promise<boolean> {
  const against = stored?.startsWith('$argon2') ? stored : await (decoy ??= hashPassword('nobody has this password'));
  const matches = await verify(against, text.slice(0, 1_024));
  return matches && against === stored;
}
