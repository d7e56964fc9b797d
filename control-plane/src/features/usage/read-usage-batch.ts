/** The form of what relays report: records by name, or packed. A record that has another form is set aside; the others are posted. */
import { z } from 'zod';
import { accountText, quotaText, relayIdText, rowId } from '../relay-link/link-text.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import { StreamEnd, UsageOutcome, UsageSource, type LeaseDraw, type LeaseReturn, type UsageEvent } from '../relay-link/wire/usage.ts';
import { packedForms, unpacked } from './unpacked.ts';

const count = z.int().min(0).max(2_147_483_647);
const millionths = z.int().min(0);
const instant = z.int().min(0).max(253_402_300_799_999);     // the year 9999: PostgreSQL takes it
/** Kept as text: that is how it travels on. */
const quota = z.string().refine((text) => quotaText.safeParse(text).success, 'not a quota from 0 to 2^53 − 1');
const text = z.string().max(65_536);

const draw = z.object({ leaseId: z.string().max(64), account: accountText, amount: quota });
const tokens = z.object({
  input: count, cacheRead: count, cacheWrite: count, cacheWrite1h: count, inputImage: count, inputAudio: count, output: count, reasoning: count, outputAudio: count, outputImage: count.nullish(),
});
const price = z.object({
  version: count, mode: z.enum(RelayPriceMode), modelRatio: millionths, groupRatio: millionths, callPrice: millionths, quotaPerUnit: count, special: z.boolean().nullish(),
  lines: z.array(z.object({ name: text, tokens: count, ratio: millionths })).max(32),
  expression: z.object({ text, sha256: z.string().regex(/^[0-9a-f]{64}$/), tier: text.nullish() }).nullish(),
});
const attempt = z.object({ channelId: rowId, credentialId: rowId, status: count, failure: text.nullish(), durationMs: count, uncertain: z.boolean().nullish(), keyIndex: count.nullish(),
  effort: z.string().max(20).nullish(), promptOverwritten: z.boolean().nullish(), overridden: z.boolean().nullish(),
});

const usage = z.object({
  chargeId: z.string().regex(/^[\w.:-]{1,64}$/), outcome: z.enum(UsageOutcome), startedAt: instant, endedAt: instant, userId: rowId, tokenId: rowId,
  group: text, model: text, upstreamModel: text.nullish(), channelId: rowId.nullish(), attempts: z.array(attempt).max(100), dialect: text, path: text,
  stream: z.boolean(), status: count.max(999), failure: text.nullish(), end: z.enum(StreamEnd), firstByteMs: count.nullish(), tokens,
  source: z.enum(UsageSource), price: price.nullish(), hold: quota, amount: quota, platformLoss: quota, draws: z.array(draw).max(1_000),
  clientAddress: text, clientRequestId: text.nullish(), snapshotVersion: count,
}) satisfies z.ZodType<UsageEvent>;

const envelope = z.object({ relayId: relayIdText, epoch: rowId, forms: packedForms.default({}), records: z.array(z.unknown()).min(1).max(1_024) });
const place = z.array(z.looseObject({ sequence: z.int().min(1).max(2_147_483_647) }));
const content = z.object({ usage: usage.nullish(), returned: (draw satisfies z.ZodType<LeaseDraw>).nullish() }).refine(
  ({ usage: one, returned: other }) => !one || !other, 'both usage and returned are set');

/** One record, of which relay, and where it stands there. A record may be empty: its spool had forgotten it. */
export interface ReportedRecord {
  relayId: string;
  epoch: number;
  sequence: number;
  usage?: UsageEvent;
  returned?: LeaseReturn;
  /** Why it cannot be posted, and what came. */
  fault?: { reason: string; body: string };
}

/** The records of a batch, or what is wrong with the batch as a whole. */
export function readUsageBatch(json: string): ReportedRecord[] | { fault: string } {
  let value: unknown;
  try { value = JSON.parse(json); } catch { return { fault: 'not JSON' }; }
  const { data: batch, error } = envelope.safeParse(value);
  if (!batch) return { fault: z.prettifyError(error) };
  const records = place.safeParse(batch.records.map((record) => unpacked(record, 'SpoolRecord', batch.forms)));
  if (!records.success) return { fault: z.prettifyError(records.error) };
  return records.data.map((record) => {
    const at = { relayId: batch.relayId, epoch: batch.epoch, sequence: record.sequence };
    const read = content.safeParse(record);
    if (!read.success) return { ...at, fault: { reason: z.prettifyError(read.error), body: JSON.stringify(record) } };
    return { ...at, usage: read.data.usage ?? undefined, returned: read.data.returned ?? undefined };
  });
}
