import { z } from 'zod';
import type { RelayDelta, RelayHead } from '../gql/types.gen.ts';
import type { MessageSeal } from '../link/message-seal.ts';

/** The one shape of resources that this relay knows. */
export const knownSchema = 1;

const count = z.int().min(0);
const head = z.object({
  schema: count,
  version: count,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  publishedAt: count,
  mac: z.string(),
});
const delta = z.object({
  head,
  base: count.nullish(),
  upserts: z.array(z.object({ key: z.string().min(1), body: z.string() })),
  removals: z.array(z.string().min(1)),
});

/** What the MAC of a head is computed over; the hash in it authenticates all resources. */
export const headText = (of: Omit<RelayHead, 'mac'>): string => `${of.schema}.${of.version}.${of.hash}.${of.publishedAt}`;

function read<T>(schema: z.ZodType<T>, json: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;                                    // whoever reads a head counts it as dropped
  }
}

/** Undefined when it is no head, or was not made with our master key. */
export function readHead(json: string, seal: MessageSeal): RelayHead | undefined {
  const parsed = read(head, json);
  return parsed && seal.verify(headText(parsed), parsed.mac) ? parsed : undefined;
}

export function readDelta(json: string, seal: MessageSeal): RelayDelta | undefined {
  const parsed = read(delta, json);
  return parsed && seal.verify(headText(parsed.head), parsed.head.mac) ? parsed : undefined;
}

/**
 * Whether `next` is later than `now`. Versions only grow; where they do not (a database that was restored from a backup), the
 * later publication counts. So an old head that somebody plays back never wins.
 */
export function isLater(next: RelayHead, now: RelayHead): boolean {
  return next.version > now.version || (next.publishedAt > now.publishedAt && !isSame(next, now));
}

export const isSame = (one: RelayHead, other: RelayHead): boolean => one.version === other.version && one.hash === other.hash;
