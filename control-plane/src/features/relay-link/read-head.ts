import { z } from 'zod';
import type { MessageSeal } from './message-seal.ts';
import type { RelayHead } from './wire/snapshot.ts';

const form = z.object({ schema: z.int(), version: z.int(), hash: z.string(), publishedAt: z.int(), mac: z.string() });

/** Undefined when there is none, or when it was not written by a holder of the master key. */
export function readHead(seal: MessageSeal, text: string | null): RelayHead | undefined {
  if (text === null) return undefined;
  let json: unknown;
  try { json = JSON.parse(text); } catch { return undefined; }
  const { data } = form.safeParse(json);
  return data && data.mac === seal.head(data.version, data.hash, data.publishedAt).mac ? data : undefined;
}
