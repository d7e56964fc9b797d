/** Ends the exchanges that a dead relay left open, by the usage truth table (reliability-security, appendix A). */
import type { LeaseDraw, LeaseReturn, UsageEvent } from '../gql/types.gen.ts';
import { chargeOf, lossOf, unused } from '../quota/charge.ts';
import type { Ending, Served, UsedSoFar } from '../quota/reservation.ts';
import { servedAdmission } from '../quota/served-group.ts';
import type { ReservedNote } from './reserved-note.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { toUsageEvent } from './usage-event.ts';

/** What the spool knows about an exchange without an outcome. */
export interface OpenExchange { readonly note: ReservedNote; readonly answered: Served | undefined; readonly checkpoint: UsedSoFar | undefined }

/**
 * No answer recorded: nothing is charged, and the platform bears the estimated input. Answered: the last checkpoint is charged,
 * at least the estimated input, at the ratio of the group that served, and with the tools of the provider that it had used by then.
 */
export function toRecoveredEvent({ note, answered, checkpoint }: OpenExchange, endedAt: number): UsageEvent {
  const { admission, hold, parts } = note;
  const estimate = { ...noTokens, input: admission.estimatedInput };
  const unended = { endedAt, channelId: null, upstreamModel: null, attempts: [], end: 'CRASH', firstByteMs: null, ...answered } as const;
  if (!answered && !checkpoint) {
    const ending: Ending = { ...unended, status: 500, failure: 'internal', tokens: noTokens, source: 'NONE' };
    const platformLoss = lossOf(admission, estimate);
    return toUsageEvent(admission, ending, { outcome: 'RECOVERED', price: unused(admission.price), hold, amount: 0, platformLoss, draws: [] });
  }
  const tokens = checkpoint ? { ...checkpoint.tokens, input: Math.max(checkpoint.tokens.input, estimate.input) } : estimate;
  const cut: Ending = { ...unended, ...checkpoint, status: 200, failure: 'answer_cut', tokens, source: 'CHECKPOINT' };
  const served = servedAdmission(admission, cut), { ending, amount, frozen } = chargeOf(served, cut);
  return toUsageEvent(served, ending, { outcome: 'RECOVERED', price: frozen, hold, amount, platformLoss: 0, draws: drawsOf(parts, amount) });
}

/** Every account pays the whole amount from its parts; the last part bears what exceeds them. */
function drawsOf(parts: readonly LeaseReturn[], amount: number): LeaseDraw[] {
  const draws: LeaseDraw[] = [];
  for (const account of new Set(parts.map((part) => part.account))) {
    let left = amount;
    const own = parts.filter((part) => part.account === account);
    for (const [index, part] of own.entries()) {
      const share = index === own.length - 1 ? left : Math.min(left, Number(part.amount));
      if (share > 0) draws.push({ leaseId: part.leaseId, account, amount: String(share) });
      left -= share;
    }
  }
  return draws;
}
