/** What a provider tells of somebody. */
import type { IdentityKind } from './identity-kind.ts';

export interface Profile {
  kind: IdentityKind;
  issuer: string;
  subject: string;
  /** Name there. */
  label: string;
  /** Only when the provider says that it is proven. It never leads to an account: see README. */
  email?: string;
}

/** Text of an answer of somebody else's, as far as a column holds it. */
export const shortText = (value: unknown, longest = 255): string =>
  (typeof value === 'string' || typeof value === 'number' ? String(value).replaceAll('\0', '').slice(0, longest).replace(/\p{Surrogate}/gu, '\ufffd') : '');
