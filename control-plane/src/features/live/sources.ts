/** Where each kind of change is read. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { Channel } from '../channel/channel.entity.ts';
import { walletOf } from '../ledger/account-name.ts';
import type { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import { Notification } from '../notification/notification.entity.ts';
import { Task } from '../task/task.entity.ts';
import { BalanceChange, ChannelChange, ChannelChangeKind, NotificationEvent, TaskUpdate, type LiveEvent } from './live-events.ts';
import type { Batch, Place, Source } from './live-stream.ts';

const batchRows = 100, mostReplayed = 500;

export type Write = (place: Place) => string;

/** `scope` stands in the statement after `and`; its values follow the ones of the place. */
interface Rows { table: 'live_change' | 'ledger'; scope: string; values: readonly unknown[] }

interface Found { id: number; tx: string; rowId: number; kind: string; at: number; amount: string; after: string | null }

const selects = {
  live_change: `select id::float8 as id, tx::text as tx, row_id::float8 as "rowId", kind, (extract(epoch from at) * 1000)::float8 as at, '0' as amount, null as after from live_change
    where (tx, id) > ($1::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())`,
  ledger: `select e.id::float8 as id, '0' as tx, 0::float8 as "rowId", t.kind, (extract(epoch from t.at) * 1000)::float8 as at, e.amount::text as amount, e.balance_after::text as after
    from ledger_entry e join ledger_transaction t on t.id = e.transaction_id where $1::text is not null and e.id > $2::bigint`,
} as const;
const orders = { live_change: ['tx, id', 'tx desc, id desc'], ledger: ['e.id', 'e.id desc'] } as const;

/** Rows behind the place; the newest ones, and a gap, when there are too many. */
async function readRows(em: EntityManager, { table, scope, values }: Rows, after: Place): Promise<{ rows: Found[]; gap: boolean }> {
  const sql = sqlOf(em), base = `${selects[table]} and ${scope}`, all = [after.tx, after.id, ...values], [forward, backward] = orders[table];
  const rows = await sql<Found>(`${base} order by ${forward} limit ${batchRows}`, all);
  if (rows.length < batchRows) return { rows, gap: false };
  const [beyond] = await sql<{ many: boolean }>(`select count(*) > ${mostReplayed} as many from (${base} limit ${mostReplayed + 1}) found`, all);
  if (!beyond!.many) return { rows, gap: false };
  return { rows: (await sql<Found>(`${base} order by ${backward} limit ${batchRows}`, all)).toReversed(), gap: true };
}

/** The place of somebody who has not read anything yet: behind every row of its transaction. */
const beginning = Number.MAX_SAFE_INTEGER;

/** Whether the row that was read last is not kept any more: then others behind it may be gone, too. */
async function isForgotten(em: EntityManager, { id }: Place): Promise<boolean> {
  return id !== beginning && (await sqlOf(em)('select from live_change where id = $1', [id])).length === 0;
}

const placeOf = ({ tx, id }: Found): Place => ({ tx, id });

function batchOf<Event extends LiveEvent>(found: { rows: Found[]; gap: boolean }, after: Place, write: Write, toEvent: (row: Found) => Event | undefined): Batch<Event> {
  let gap = found.gap;
  const events = found.rows.flatMap((row) => {
    const event = toEvent(row);
    if (!event) return [];
    Object.assign(event, { cursor: write(placeOf(row)), gap, at: new Date(row.at) });
    gap = false;
    return [event];
  });
  const last = found.rows.at(-1);
  return { events, place: last ? placeOf(last) : after };
}

/** Where changes have got to: rows of transactions that are still open come later. */
async function newestChange(em: EntityManager): Promise<Place> {
  const [row] = await sqlOf(em)<{ tx: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as tx');
  return { tx: String(BigInt(row!.tx) - 1n), id: beginning };
}

export function channelChanges(fork: () => EntityManager, write: Write): Source<ChannelChange> {
  return {
    sequence: 'live_change_id_seq', now: () => newestChange(fork()),
    async read(after) {
      const em = fork(), found = await readRows(em, { table: 'live_change', scope: `topic = 'channel'`, values: [] }, after);
      if (found.rows.length && await isForgotten(em, after)) found.gap = true;
      const channels = new Map((await em.find(Channel, { id: { $in: found.rows.map(({ rowId }) => rowId) } })).map((channel) => [channel.id, channel]));
      return batchOf(found, after, write, ({ rowId, kind }) =>
        Object.assign(new ChannelChange(), { kind: kind as ChannelChangeKind, channelId: typedId('channel', rowId), channel: channels.get(rowId) ?? null }));
    },
  };
}

export function taskUpdates(fork: () => EntityManager, write: Write, userId: number, ids: readonly number[] | undefined): Source<TaskUpdate> {
  const some = ids ? ' and row_id = any($4::bigint[])' : '';
  return {
    sequence: 'live_change_id_seq', now: () => newestChange(fork()),
    async read(after) {
      const em = fork(), found = await readRows(em, { table: 'live_change', scope: `topic = 'task' and owner_id = $3${some}`, values: ids ? [userId, [...ids]] : [userId] }, after);
      if (found.rows.length && await isForgotten(em, after)) found.gap = true;
      const tasks = new Map((await em.find(Task, { userId, id: { $in: found.rows.map(({ rowId }) => rowId) } })).map((task) => [task.id, task]));
      return batchOf(found, after, write, ({ rowId }) => { const task = tasks.get(rowId); return task && Object.assign(new TaskUpdate(), { task }); });
    },
  };
}

export function balanceChanges(fork: () => EntityManager, write: Write, userId: number): Source<BalanceChange> {
  const wallet = walletOf(userId);
  return {
    sequence: 'ledger_entry_id_seq',
    async now() {
      const [row] = await sqlOf(fork())<{ id: number | null }>('select max(id)::float8 as id from ledger_entry where account = $1', [wallet]);
      return { tx: '0', id: row!.id ?? 0 };
    },
    async read(after) {
      const found = await readRows(fork(), { table: 'ledger', scope: 'e.account = $3', values: [wallet] }, after);
      return batchOf(found, after, write, ({ kind, amount, after: balance }) => Object.assign(new BalanceChange(), { kind: kind as LedgerKind, delta: BigInt(amount), quota: BigInt(balance ?? 0) }));
    },
  };
}

export function notificationEvents(fork: () => EntityManager, write: Write, userId: number): Source<NotificationEvent> {
  return {
    sequence: 'notification_id_seq',
    async now() {
      const [row] = await sqlOf(fork())<{ id: number | null }>('select max(id)::float8 as id from notification where user_id = $1', [userId]);
      return { tx: '0', id: row!.id ?? 0 };
    },
    async read(after) {
      const found = await fork().find(Notification, { userId, id: { $gt: after.id } }, { orderBy: { id: 'asc' }, limit: batchRows });
      const events = found.map((notification) => Object.assign(new NotificationEvent(), { notification, gap: false, at: notification.createdAt, cursor: write({ tx: '0', id: notification.id }) }));
      return { events, place: { tx: '0', id: found.at(-1)?.id ?? after.id } };
    },
  };
}
