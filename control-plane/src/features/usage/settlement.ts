/** Posts what relays report: each record once, in one transaction with everything that follows from it. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { crashPoint } from '../../kernel/running/crash-point.ts';
import { budgetOf } from '../ledger/account-name.ts';
import { insertLogs, type LogRange } from '../log/insert-logs.ts';
import type { BalanceStep } from '../notification/low-balance.ts';
import type { ReportedRecord } from './read-usage-batch.ts';
import { knownCharges, lockAccounts, lockLeases, lockOwners, readCursors, setAside, writePlan, type TokenRow } from './usage-books.ts';
import { UsagePlan } from './usage-plan.ts';

export interface Settled {
  /** Up to where each relay's records are committed, by relay and epoch. */
  acks: { relayId: string; epoch: number; sequence: number }[];
  /** Accounts of which less is blocked than before. */
  freed: string[];
  logs: LogRange | undefined;
  posted: number;
  /** Records that were set aside in this call. */
  faults: ReportedRecord[];
}

export class Settlement {
  constructor(private readonly orm: MikroORM, private readonly clock: Clock) {}

  /**
   * Resolves after the commit. A record that the database refuses is found by halving and set aside; any other failure
   * (the database is away) rejects, and nothing was written.
   */
  async settle(records: readonly ReportedRecord[]): Promise<Settled> {
    try {
      return await this.orm.em.fork().transactional((em) => this.post(sqlOf(em), records));
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      if (records.length === 1) return this.settle([{ ...records[0]!, fault: { reason, body: JSON.stringify(records[0]) }, usage: undefined, returned: undefined }]);
      const middle = records.length >> 1;
      return merge(await this.settle(records.slice(0, middle)), await this.settle(records.slice(middle)));
    }
  }

  private async post(sql: Sql, records: readonly ReportedRecord[]): Promise<Settled> {
    const now = this.clock.now();
    // One at a time, so that the order of log rows is the order of commits, and a cursor cannot be passed twice.
    await sql(`select pg_advisory_xact_lock(hashtext('weir.settlement'))`);
    const { next, acks } = inSequence(records, await readCursors(sql, records));
    const faults = next.filter((record) => record.fault);
    if (next.length === 0) return { acks, freed: [], logs: undefined, posted: 0, faults };
    const known = await knownCharges(sql, next.flatMap(({ usage }) => usage?.chargeId ?? []));
    const tokens = await lockOwners(sql, next), balances = await lockAccounts(sql, next), leases = await lockLeases(sql, next);
    const plan = new UsagePlan({ balances, leases, known }, next);
    await writePlan(sql, plan, { exhausted: exhaustedBy(plan, tokens), falls: fallsOf(balances, plan) }, next, now);
    await setAside(sql, faults, now);
    const logs = await insertLogs(sql, plan.charges.map(({ event }) => event), now);
    crashPoint('before-post');
    return { acks, freed: [...plan.freed.keys()], logs, posted: plan.charges.length, faults };
  }
}

/** The records that follow each relay's cursor without a gap, and the acknowledgement that this leads to. */
function inSequence(records: readonly ReportedRecord[], cursors: ReadonlyMap<string, number>): { next: ReportedRecord[]; acks: Settled['acks'] } {
  const reached = new Map<string, Settled['acks'][number]>(), next: ReportedRecord[] = [];
  for (const record of records) {
    const { relayId, epoch, sequence } = record, key = `${relayId} ${epoch}`;
    const at = reached.get(key) ?? { relayId, epoch, sequence: cursors.get(key) ?? 0 };
    reached.set(key, at);
    if (sequence !== at.sequence + 1) continue;          // seen before, or behind a gap: the acknowledgement says where to go on
    at.sequence = sequence;
    next.push(record);
  }
  return { next, acks: [...reached.values()] };
}

/** The wallets that have less than before. */
function fallsOf(before: ReadonlyMap<string, bigint>, { balances }: UsagePlan): BalanceStep[] {
  const steps = Array.from(balances, ([name, after]) => ({ name, before: before.get(name) ?? 0n, after }));
  return steps.flatMap(({ name, ...step }) => (name.startsWith('user:') && step.after < step.before ? [{ id: Number(name.slice(5)), ...step }] : []));
}

function exhaustedBy({ balances }: UsagePlan, tokens: ReadonlyMap<number, TokenRow>): Set<number> {
  const isEmpty = ({ id, isLimited, status }: TokenRow) => isLimited && status === 'ENABLED' && (balances.get(budgetOf(id)) ?? 1n) <= 0n;
  return new Set([...tokens.values()].filter(isEmpty).map(({ id }) => id));
}

/** Why PostgreSQL refuses these rows for good; undefined when it was something that passes. */
function refusalOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Classes of SQLSTATE: 22 is a value that does not fit, 23 a broken constraint, P0001 a trigger's refusal.
  return /^(22|23)|^P0001/.test(code) ? `${code}: ${(error as Error).message}` : undefined;
}

function merge(one: Settled, other: Settled): Settled {
  const acks = new Map([...one.acks, ...other.acks].map((ack) => [`${ack.relayId} ${ack.epoch}`, ack]));
  const logs = one.logs && other.logs ? { from: one.logs.from, to: other.logs.to } : (one.logs ?? other.logs);
  return { acks: [...acks.values()], freed: [...one.freed, ...other.freed], logs, posted: one.posted + other.posted, faults: [...one.faults, ...other.faults] };
}
