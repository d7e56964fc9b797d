/** Leases in PostgreSQL: every change of what an account has lent out, except settlement, happens here. */
import type { Sql } from '../../database/sql.ts';
import { LeaseRefusal } from '../relay-link/wire/lease.ts';
import type { Want } from './read-lease-request.ts';

const lifeSeconds = 600, suspenseHours = 24;
/** A relay may count on a lease for so long: its life without the margin for skewed clocks (LED-09). */
export const lifeMs = (lifeSeconds - 30) * 1_000;

export interface Borrower { relayId: string; epoch: number; nonce: string }

export type Decision =
  | { kind: 'granted'; leaseId: string; granted: string; available: string }
  | { kind: 'refused'; refusal: LeaseRefusal; available: string }
  /** Not free now, but relays may have parts that they do not use. */
  | { kind: 'lent-out'; available: string };

// One conditional write: the row that is changed is the row that was checked. A quarter of what is free leaves something
// for other relays; a poor account gives exactly what one request needs.
const grantStatement = `
  with taken as (
    update account set leased = leased + greatest($5::bigint, least($6::bigint, (balance - leased) / 4)),
      last_grant = greatest($5::bigint, least($6::bigint, (balance - leased) / 4))
    where name = $4 and not frozen and balance - leased >= $5::bigint
      and not exists (select from relay_epoch where relay_id = $1 and epoch > $2)
    returning name, last_grant, balance - leased as available
  ), lent as (
    insert into lease (relay_id, epoch, nonce, account, granted, granted_at, expires_at)
    select $1, $2, $3, name, last_grant, now(), now() + interval '${lifeSeconds} seconds' from taken
    returning id, granted
  )
  select lent.id as "leaseId", lent.granted, taken.available from lent, taken`;

const sameAskStatement = `
  select l.id as "leaseId", l.granted, (a.balance - a.leased)::text as available
  from lease l join account a on a.name = l.account
  where l.relay_id = $1 and l.epoch = $2 and l.nonce = $3 and l.account = $4`;

const refusalStatement = `
  select a.frozen, exists (select from relay_epoch where relay_id = $3 and epoch > $4) as "isStale", coalesce(a.balance, 0) - coalesce(a.leased, 0) as available, coalesce(a.balance, 0) >= $2::bigint as "isLentOut",
    a.name is not null or case when $1 like 'user:%' then exists (select from user_account where id = substr($1, 6)::bigint)
      else exists (select from token where id = substr($1, 7)::bigint) end as "isKnown"
  from (values ($1)) asked (name) left join account a on a.name = asked.name`;

// What a lease stops blocking when it ends. Accounts are locked first and in order, as the settlement does.
const endStatement = (to: 'CLOSED' | 'LOST') => `
  with ended as (
    update lease set state = '${to}' where id = any($1) returning account, greatest(0, granted - spent - returned) as rest
  )
  update account set leased = greatest(0, leased - freed.amount)
  from (select account, sum(rest) as amount from ended group by account) freed where name = freed.account`;

interface Grant { leaseId: string; granted: string; available: string }
interface Refusal { frozen: boolean | null; isStale: boolean; available: string; isLentOut: boolean; isKnown: boolean }

export class LeaseBook {
  /** Decides one want. Asked again with the same nonce it answers with the same lease. Run it outside of a transaction. */
  async grant(sql: Sql, { relayId, epoch, nonce }: Borrower, want: Want): Promise<Decision> {
    // A request that costs nothing still needs an account that is not empty.
    const need = want.need > 0n ? want.need : 1n;
    const [again] = await sql<Grant>(sameAskStatement, [relayId, epoch, nonce, want.account]);
    if (again) return { kind: 'granted', ...again };
    const [grant] = await sql<Grant>(grantStatement, [relayId, epoch, nonce, want.account, need, want.prefer]);
    if (grant) return { kind: 'granted', ...grant };
    const [why] = await sql<Refusal>(refusalStatement, [want.account, need, relayId, epoch]);
    const available = why!.available;
    if (why!.isStale) return { kind: 'refused', refusal: LeaseRefusal.STALE_EPOCH, available };
    if (!why!.isKnown) return { kind: 'refused', refusal: LeaseRefusal.UNKNOWN_ACCOUNT, available };
    if (why!.frozen) return { kind: 'refused', refusal: LeaseRefusal.FROZEN, available };
    return why!.isLentOut ? { kind: 'lent-out', available } : { kind: 'refused', refusal: LeaseRefusal.INSUFFICIENT, available };
  }

  /** Makes `epoch` the newest of the relay; false when a newer one has asked before. */
  async enter(sql: Sql, relayId: string, epoch: number): Promise<boolean> {
    const [row] = await sql<{ epoch: number }>(`
      insert into relay_epoch (relay_id, epoch) values ($1, $2)
      on conflict (relay_id) do update set epoch = greatest(relay_epoch.epoch, excluded.epoch) returning epoch`, [relayId, epoch]);
    return row!.epoch === epoch;
  }

  /** The ids that live on; a lease that lapsed meanwhile does not come back. */
  async renew(sql: Sql, { relayId, epoch }: Borrower, ids: readonly string[]): Promise<string[]> {
    const rows = await sql<{ id: string }>(`
      update lease set expires_at = now() + interval '${lifeSeconds} seconds'
      where id = any($1::bigint[]) and relay_id = $2 and epoch = $3 and state = 'OPEN' and expires_at > now() returning id`, [ids, relayId, epoch]);
    return rows.map((row) => row.id);
  }

  /**
   * Closes leases whose answer never reached the relay. It lists each lease that it holds every ten seconds; one that it
   * has not listed once in more than a minute, although it speaks to us, is not in its hands.
   */
  closeUnheard(sql: Sql, { relayId, epoch }: Borrower): Promise<string[]> {
    const which = `relay_id = $1 and epoch = $2 and state = 'OPEN' and spent = 0 and returned = 0
      and granted_at < now() - interval '70 seconds' and expires_at = granted_at + interval '${lifeSeconds} seconds'`;
    return this.end(sql, 'CLOSED', which, [relayId, epoch]);
  }

  /** Everything of the relay's earlier lives is settled: what their leases still block is free again. */
  closeOlder(sql: Sql, relayId: string, epoch: number): Promise<string[]> {
    return this.end(sql, 'CLOSED', `relay_id = $1 and epoch < $2 and state in ('OPEN', 'SUSPENSE')`, [relayId, epoch]);
  }

  /** Relays that hold something of the account. */
  async holders(sql: Sql, account: string): Promise<string[]> {
    const rows = await sql<{ relayId: string }>(`
      select distinct relay_id as "relayId" from lease where account = $1 and state = 'OPEN' and granted > spent + returned`, [account]);
    return rows.map((row) => row.relayId);
  }

  /**
   * Lets time do its work: a lapsed lease with nothing left is over; with something left it goes to suspense, and after
   * 24 hours there it is lost and its account gets the rest back.
   */
  async reap(sql: Sql): Promise<{ suspended: number; lost: string[] }> {
    await this.end(sql, 'CLOSED', `state in ('OPEN', 'SUSPENSE') and expires_at < now() and granted <= spent + returned`, []);
    const suspended = await sql(`update lease set state = 'SUSPENSE' where state = 'OPEN' and expires_at < now() returning id`);
    const lost = await this.end(sql, 'LOST', `state = 'SUSPENSE' and expires_at < now() - interval '${suspenseHours} hours'`, []);
    // Nobody asks for these any more. Lost ones stay: what is reported on them later must not be charged.
    await sql(`delete from lease where id in (select id from lease where state = 'CLOSED' and expires_at < now() - interval '7 days' limit 5000)`);
    return { suspended: suspended.length, lost };
  }

  /** Must run in a transaction. Returns the accounts that got something back. */
  private async end(sql: Sql, to: 'CLOSED' | 'LOST', which: string, values: unknown[]): Promise<string[]> {
    const due = await sql<{ id: string; account: string }>(`select id, account from lease where ${which} limit 5000`, values);
    if (due.length === 0) return [];
    const accounts = [...new Set(due.map((lease) => lease.account))];
    await sql('select from account where name = any($1) order by name for update', [accounts]);
    // Again: the settlement may have ended or emptied some before we held the lock.
    const still = await sql<{ id: string }>(`select id from lease where id = any($${values.length + 1}) and ${which} for update`, [...values, due.map((lease) => lease.id)]);
    await sql(endStatement(to), [still.map((lease) => lease.id)]);
    return accounts;
  }
}
