/**
 * The hash of a picture (0002): the sum of SHA-256(key, newline, body) over its resources, modulo 2^256. Order does not matter,
 * and a delta changes it without reading the rest.
 */
import { hash } from 'node:crypto';

export function resourceDigest(key: string, body: string): bigint {
  return BigInt(`0x${hash('sha256', `${key}\n${body}`, 'hex')}`);
}

/** Hex form of a sum of digests, which may be negative or above 2^256. */
export const hashText = (sum: bigint): string => BigInt.asUintN(256, sum).toString(16).padStart(64, '0');
