import { z } from 'zod';
import { accountText, leaseText, quotaText, relayIdText, rowId } from '../relay-link/link-text.ts';

const want = z.object({ account: accountText, need: quotaText, prefer: quotaText });

const form = z.object({
  relayId: relayIdText,
  epoch: rowId,
  nonce: z.string().regex(/^[\w.:-]{1,64}$/),
  wants: z.array(want).max(10_000),
  renew: z.array(z.string()).max(100_000).transform((ids) => ids.filter((id) => leaseText.safeParse(id).success)),
  recovered: z.boolean(),
});

export type Want = z.output<typeof want>;
export type ReadLeaseRequest = z.output<typeof form>;

/** The request, or what is wrong with it. */
export function readLeaseRequest(json: string): ReadLeaseRequest | { fault: string } {
  let value: unknown;
  try { value = JSON.parse(json); } catch { return { fault: 'not JSON' }; }
  const { data, error } = form.safeParse(value);
  return data ?? { fault: z.prettifyError(error!) };
}
