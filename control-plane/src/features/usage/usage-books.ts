/** The statements of the settlement, each over any number of rows. Run in this order: it is the order of all locks. */
import type { Sql } from '../../database/sql.ts';
import { budgetOf, walletOf } from '../ledger/account-name.ts';
import { lowBalanceInsert, type BalanceStep } from '../notification/low-balance.ts';
import type { ReportedRecord } from './read-usage-batch.ts';
import type { LeaseRow, UsagePlan } from './usage-plan.ts';

export interface TokenRow { id: number; isLimited: boolean; status: string }

/** How far each of these relays' records are posted; 0 for one that reports for the first time. */
export async function readCursors(sql: Sql, relays: readonly { relayId: string; epoch: number }[]): Promise<Map<string, number>> {
  const rows = await sql<{ relayId: string; epoch: number; sequence: number }>(`
    select relay_id as "relayId", epoch, sequence from relay_cursor
    where (relay_id, epoch) in (select * from unnest($1::text[], $2::int[]))`, [relays.map((each) => each.relayId), relays.map((each) => each.epoch)]);
  return new Map(rows.map((row) => [`${row.relayId} ${row.epoch}`, row.sequence]));
}

export async function knownCharges(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await sql<{ id: string }>('select charge_id as id from charge where charge_id = any($1)', [ids]);
  return new Set(rows.map((row) => row.id));
}

/** Users and tokens first: whoever edits one and its account takes them in this order too. */
export async function lockOwners(sql: Sql, records: readonly ReportedRecord[]): Promise<Map<number, TokenRow>> {
  const events = records.flatMap(({ usage }) => usage ?? []);
  if (events.length === 0) return new Map();
  await sql('select from user_account where id = any($1) order by id for no key update', [[...new Set(events.map((event) => event.userId))]]);
  const tokens = await sql<TokenRow>(`select id, not unlimited as "isLimited", status from token where id = any($1) order by id for no key update`, [[...new Set(events.map((event) => event.tokenId))]]);
  return new Map(tokens.map((token) => [token.id, token]));
}

/** Wallets are made when they are charged for the first time; budgets only by those who set them. */
export async function lockAccounts(sql: Sql, records: readonly ReportedRecord[]): Promise<Map<string, bigint>> {
  const events = records.flatMap(({ usage }) => usage ?? []), names = new Set<string>();
  for (const event of events) names.add(walletOf(event.userId)).add(budgetOf(event.tokenId));
  for (const { usage, returned } of records) for (const { account } of [...(usage?.draws ?? []), ...(returned ? [returned] : [])]) names.add(account);
  const charged = [...new Set(events.filter((event) => event.amount !== '0').map((event) => walletOf(event.userId)))];
  if (charged.length > 0) await sql(`insert into account (name, kind) select name, 'WALLET' from unnest($1::text[]) name order by name on conflict do nothing`, [charged]);
  if (names.size === 0) return new Map();
  const rows = await sql<{ name: string; balance: string }>('select name, balance::text from account where name = any($1) order by name for update', [[...names]]);
  return new Map(rows.map((row) => [row.name, BigInt(row.balance)]));
}

export async function lockLeases(sql: Sql, records: readonly ReportedRecord[]): Promise<Map<string, LeaseRow>> {
  const ids = new Set<string>();
  for (const { usage, returned } of records) for (const { leaseId } of [...(usage?.draws ?? []), ...(returned ? [returned] : [])]) ids.add(leaseId);
  const ours = [...ids].filter((id) => /^[1-9]\d{0,17}$/.test(id));
  if (ours.length === 0) return new Map();
  const rows = await sql<Record<'id' | 'account' | 'relayId' | 'state' | 'granted' | 'spent' | 'returned', string>>(`
    select id::text, account, relay_id as "relayId", state, granted::text, spent::text, returned::text
    from lease where id = any($1::bigint[]) order by id for update`, [ours]);
  return new Map(rows.map((row) => [row.id, {
    ...row, state: row.state as LeaseRow['state'], granted: BigInt(row.granted), spent: BigInt(row.spent), returned: BigInt(row.returned),
  }]));
}

// One round trip for all tables. Each part reads its own JSON parameter; none reads what another writes.
const writeStatement = `
  with charges as (
    insert into charge (charge_id, outcome, user_id, token_id, amount, platform_loss, relay_id, epoch, sequence, posted_at)
    select c.*, $1::timestamptz from jsonb_to_recordset($2::jsonb)
      as c (id text, outcome text, "user" int, token int, amount bigint, loss bigint, relay text, epoch int, sequence int)
  ), numbered as materialized (
    select nextval('ledger_transaction_id_seq') as id, t.* from jsonb_to_recordset($3::jsonb) as t (place int, reference text, kind text, account text, after bigint)
  ), transactions as (
    insert into ledger_transaction (id, reference, kind, input_hash, account, balance_after, at)
    select id, reference, kind, '', account, after, $1::timestamptz from numbered
  ), entries as (
    insert into ledger_entry (transaction_id, account, amount, balance_after)
    select numbered.id, e.account, e.amount, e.after from rows from (jsonb_to_recordset($4::jsonb) as (place int, account text, amount bigint, after bigint)) with ordinality
      as e (place, account, amount, after, line) join numbered using (place) order by e.line
  ), accounts as (
    update account set balance = coalesce(a.balance, account.balance), leased = greatest(0, leased - a.freed), version = version + (a.balance is not null)::int
    from jsonb_to_recordset($5::jsonb) as a (name text, balance bigint, freed bigint) where account.name = a.name
  ), leases as (
    update lease set spent = l.spent, returned = l.returned
    from jsonb_to_recordset($6::jsonb) as l (id bigint, spent bigint, returned bigint) where lease.id = l.id
  ), users as (
    update user_account set used_quota = used_quota + s.quota, request_count = request_count + s.requests
    from jsonb_to_recordset($7::jsonb) as s (id int, quota bigint, requests int, at bigint) where user_account.id = s.id
  ), tokens as (
    update token set used_quota = used_quota + s.quota, accessed_at = greatest(accessed_at, to_timestamp(s.at / 1000.0)),
      status = case when s.exhausted then 'EXHAUSTED' else status end
    from jsonb_to_recordset($8::jsonb) as s (id int, quota bigint, at bigint, exhausted boolean) where token.id = s.id
  ), told as (
    insert into snapshot_change (kind, key) select 'token', s.id::text from jsonb_to_recordset($8::jsonb) as s (id int, exhausted boolean) where s.exhausted
  ), channels as (
    update channel set used_quota = used_quota + s.quota from unnest($9::int[], $10::bigint[]) as s (id, quota) where channel.id = s.id
  ), cursors as (
    insert into relay_cursor (relay_id, epoch, sequence) select * from unnest($11::text[], $12::int[], $13::int[])
    on conflict (relay_id, epoch) do update set sequence = excluded.sequence
  ), warned as (${lowBalanceInsert('$14', '$1')}
  )
  select`;

const json = (rows: readonly object[]): string => JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

/** What follows from a plan: tokens that have nothing left, and wallets that have less. */
export interface Consequences { exhausted: ReadonlySet<number>; falls: readonly BalanceStep[] }

/** Everything that follows from the records, and how far each relay's are posted, in one statement. */
export async function writePlan(sql: Sql, plan: UsagePlan, { exhausted, falls }: Consequences, records: readonly ReportedRecord[], at: Date): Promise<void> {
  const { charges, transactions, balances, freed, leases, users, tokens, channels } = plan;
  const touched = new Set([...balances.keys(), ...freed.keys()]);
  const reached = [...new Map(records.map((record) => [`${record.relayId} ${record.epoch}`, record])).values()];
  await sql(writeStatement, [
    at,
    json(charges.map(({ event, amount, loss, record }) => ({
      id: event.chargeId, outcome: event.outcome, user: event.userId, token: event.tokenId, amount, loss, relay: record.relayId, epoch: record.epoch, sequence: record.sequence,
    }))),
    json(transactions.map(({ reference, kind, account, after }, place) => ({ place, reference, kind, account, after }))),
    json(transactions.flatMap(({ entries }, place) => entries.map((entry) => ({ place, ...entry })))),
    json([...touched].map((name) => ({ name, balance: balances.get(name) ?? null, freed: freed.get(name) ?? 0n }))),
    json([...leases.values()].map(({ id, spent, returned }) => ({ id, spent, returned }))),
    json(Array.from(users, ([id, { quota, requests, usedAt }]) => ({ id, quota, requests, at: usedAt }))),
    json(Array.from(tokens, ([id, { quota, usedAt }]) => ({ id, quota, at: usedAt, exhausted: exhausted.has(id) }))),
    // Arrays, not JSON: their length is known to the planner, which would read every channel for a guessed hundred.
    [...channels.keys()], Array.from(channels.values(), ({ quota }) => String(quota)),
    reached.map((record) => record.relayId), reached.map((record) => record.epoch), reached.map((record) => record.sequence),
    json(falls),
  ]);
}

/** Keeps what could not be read or posted, for a person. */
export async function setAside(sql: Sql, records: readonly ReportedRecord[], at: Date): Promise<void> {
  const faulty = records.flatMap((record) => (record.fault ? [{ relay: record.relayId, epoch: record.epoch, sequence: record.sequence, ...record.fault }] : []));
  if (faulty.length === 0) return;
  await sql(`
    insert into dead_letter (relay_id, epoch, sequence, reason, body, at)
    select d.*, $2 from jsonb_to_recordset($1::jsonb) as d (relay text, epoch int, sequence int, reason text, body text)`, [json(faulty), at]);
}
