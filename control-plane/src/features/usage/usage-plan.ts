/** What a set of records does to the books: arithmetic only, on rows that the settlement has locked. */
import { LeaseState } from '../lease/lease.entity.ts';
import { budgetOf, walletOf } from '../ledger/account-name.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LeaseDraw, UsageEvent } from '../relay-link/wire/usage.ts';
import { UsageOutcome, UsageSource } from '../relay-link/wire/usage.ts';
import type { ReportedRecord } from './read-usage-batch.ts';

export interface LeaseRow { id: string; account: string; relayId: string; state: LeaseState; granted: bigint; spent: bigint; returned: bigint }

/** The rows that matter to the records, as they are now. */
export interface Books {
  /** Balances by account; an account that is missing is not kept (a token without a budget). */
  balances: ReadonlyMap<string, bigint>;
  leases: ReadonlyMap<string, LeaseRow>;
  /** Charges that are posted already. */
  known: ReadonlySet<string>;
}

export interface PlannedEntry { account: string; amount: bigint; after: bigint | null }
export interface PlannedTransaction { reference: string; kind: LedgerKind; account: string; after: bigint; entries: PlannedEntry[] }
export interface PlannedCharge { record: ReportedRecord; event: UsageEvent; amount: bigint; loss: bigint }
export interface Statistics { quota: bigint; requests: number; usedAt: number }

const blockedBy = ({ state, granted, spent, returned }: LeaseRow): bigint => {
  const rest = granted - spent - returned;
  return (state === LeaseState.OPEN || state === LeaseState.SUSPENSE) && rest > 0n ? rest : 0n;
};

const wasDelivered = ({ outcome, source }: UsageEvent): boolean =>
  outcome === UsageOutcome.SETTLED || (outcome === UsageOutcome.RECOVERED && source !== UsageSource.NONE);

export class UsagePlan {
  readonly charges: PlannedCharge[] = [];
  readonly transactions: PlannedTransaction[] = [];
  /** Balances after all of it, for the accounts that moved. */
  readonly balances = new Map<string, bigint>();
  /** How much less of an account is blocked than before. */
  readonly freed = new Map<string, bigint>();
  readonly leases = new Map<string, LeaseRow>();
  readonly users = new Map<number, Statistics>();
  readonly tokens = new Map<number, Statistics>();
  readonly channels = new Map<number, Statistics>();
  private readonly known: Set<string>;

  constructor(private readonly books: Books, records: readonly ReportedRecord[]) {
    this.known = new Set(books.known);
    for (const record of records) {
      if (record.returned) this.draw(record.relayId, record.returned, 'returned');
      // A charge that was posted before, in whatever batch, of whatever relay, is not posted again.
      if (record.usage && !this.known.has(record.usage.chargeId)) this.charge(record, record.usage);
    }
  }

  private charge(record: ReportedRecord, reported: UsageEvent): void {
    this.known.add(reported.chargeId);
    const lost = this.drawAll(record.relayId, reported), amount = BigInt(reported.amount) - lost, loss = BigInt(reported.platformLoss) + lost;
    const event: UsageEvent = lost > 0n ? Object.assign({}, reported, { amount: String(amount), platformLoss: String(loss) }) : reported;
    this.charges.push({ record, event, amount, loss });
    if (amount > 0n) this.post(event.chargeId, LedgerKind.CONSUME, this.consumed(event, amount));
    if (loss > 0n) {
      this.post(event.chargeId, LedgerKind.LOSS, [{ account: 'system:platform_loss', amount: -loss, after: null }, { account: 'system:revenue', amount: loss, after: null }]);
    }
    const requests = wasDelivered(event) ? 1 : 0;
    count(this.users, event.userId, amount, requests, event.endedAt);
    count(this.tokens, event.tokenId, amount, requests, event.endedAt);
    if (event.channelId) count(this.channels, event.channelId, amount, requests, event.endedAt);
  }

  private consumed({ userId, tokenId }: UsageEvent, amount: bigint): PlannedEntry[] {
    const wallet = walletOf(userId), budget = budgetOf(tokenId);
    const entries: PlannedEntry[] = [
      { account: wallet, amount: -amount, after: this.move(wallet, -amount) },
      { account: 'system:revenue', amount, after: null },
    ];
    if (!this.books.balances.has(budget)) return entries;
    return [...entries, { account: budget, amount: -amount, after: this.move(budget, -amount) }, { account: 'system:token_limit', amount, after: null }];
  }

  private post(reference: string, kind: LedgerKind, entries: PlannedEntry[]): void {
    const [first] = entries;
    this.transactions.push({ reference, kind, account: first!.account, after: first!.after ?? 0n, entries });
  }

  private move(account: string, amount: bigint): bigint {
    const after = (this.balances.get(account) ?? this.books.balances.get(account) ?? 0n) + amount;
    this.balances.set(account, after);
    return after;
  }

  /** Applies the draws. Returns what of the wallet's part fell on lost leases: their account got it back long ago, so the customer does not pay it. */
  private drawAll(relayId: string, event: UsageEvent): bigint {
    let lost = 0n;
    for (const each of event.draws) {
      const state = this.draw(relayId, each, 'spent');
      if (state === LeaseState.LOST && each.account === walletOf(event.userId)) lost += BigInt(each.amount);
    }
    const amount = BigInt(event.amount);
    return lost < amount ? lost : amount;
  }

  /** A relay can only touch its own leases, and only for the account that they are of. */
  private draw(relayId: string, { leaseId, account, amount }: LeaseDraw, column: 'spent' | 'returned'): LeaseState | undefined {
    const before = this.leases.get(leaseId) ?? this.books.leases.get(leaseId);
    if (!before || before.account !== account || before.relayId !== relayId) return undefined;
    const after = { ...before, [column]: before[column] + BigInt(amount) };
    this.leases.set(leaseId, after);
    const freed = blockedBy(before) - blockedBy(after);
    if (freed !== 0n) this.freed.set(account, (this.freed.get(account) ?? 0n) + freed);
    return before.state;
  }
}

function count(into: Map<number, Statistics>, id: number, quota: bigint, requests: number, usedAt: number): void {
  const sum = into.get(id);
  if (!sum) into.set(id, { quota, requests, usedAt });
  else into.set(id, { quota: sum.quota + quota, requests: sum.requests + requests, usedAt: Math.max(sum.usedAt, usedAt) });
}
