/** Codes of authenticator apps (RFC 6238): SHA-1, 6 digits, 30 seconds, which is what all apps know. */
import { Secret, TOTP } from 'otpauth';

const period = 30;
/** A clock may be half a minute off, no more (MFA-01). */
const window = 1;

const generator = (secret: string, label?: { issuer: string; account: string }): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period, ...(label && { issuer: label.issuer, label: label.account }) });

/** 20 random bytes in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says. */
export const otpauthUrl = (secret: string, issuer: string, account: string): string => generator(secret, { issuer, account }).toString();

/** The half minute that the code belongs to; undefined when it is wrong. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const delta = generator(secret).validate({ token: code, timestamp: now.getTime(), window });
  return delta === null ? undefined : Math.floor(now.getTime() / 1_000 / period) + delta;
}
