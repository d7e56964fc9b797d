/** The signature of the epay protocol (semantics 9.2): MD5 over the sorted parameters and the merchant key. Weak, and fixed by the gateways. */
import { createHash, timingSafeEqual } from 'node:crypto';

export function signEpay(parameters: Readonly<Record<string, string>>, key: string): string {
  const signed = Object.entries(parameters).filter(([name, value]) => value !== '' && name !== 'sign' && name !== 'sign_type').sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('md5').update(signed.map(([name, value]) => `${name}=${value}`).join('&') + key).digest('hex');
}

/** Against each of the keys, which may be two while one replaces the other. */
export function isEpaySigned(parameters: Readonly<Record<string, string>>, keys: readonly string[]): boolean {
  const given = Buffer.from((parameters.sign ?? '').toLowerCase());
  return keys.map((key) => Buffer.from(signEpay(parameters, key))).filter((right) => right.length === given.length && timingSafeEqual(right, given)).length > 0;
}
