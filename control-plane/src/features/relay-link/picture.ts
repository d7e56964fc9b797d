import { createHash } from 'node:crypto';
import type { RelayResource } from './wire/snapshot.ts';

const modulus = 1n << 256n;

const digest = ({ key, body }: RelayResource): bigint =>
  BigInt(`0x${createHash('sha256').update(`${key}\n${body}`).digest('hex')}`);

/** What changed between two states of the picture. */
export interface Difference { upserts: RelayResource[]; removals: string[] }

/** The digests of all resources, and their sum: enough to know what changed, without keeping the bodies. */
export class Picture {
  private readonly digests = new Map<string, bigint>();
  private sum = 0n;

  get size(): number {
    return this.digests.size;
  }

  /** 64 hex digits, independent of the order of resources. */
  get hash(): string {
    return this.sum.toString(16).padStart(64, '0');
  }

  /** Takes a resource in; false when it is what the picture already holds. */
  put(resource: RelayResource): boolean {
    const next = digest(resource), before = this.digests.get(resource.key) ?? 0n;
    if (next === before) return false;
    this.digests.set(resource.key, next);
    this.sum = (this.sum + modulus - before + next) % modulus;
    return true;
  }

  /** False when there was no such resource. */
  remove(key: string): boolean {
    const before = this.digests.get(key);
    if (before === undefined) return false;
    this.digests.delete(key);
    this.sum = (this.sum + modulus - before) % modulus;
    return true;
  }
}
