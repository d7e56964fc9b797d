/** Builds the relay's half of the money and connects it to the link: recovery first, then leases, spool and shipping. */
import { join } from 'node:path';
import { CannotStart } from '../failure/cannot-start.ts';
import type { RelayMessage, UsageEvent } from '../gql/types.gen.ts';
import type { Link } from '../link/link.ts';
import type { Backlog } from '../usage/backlog.ts';
import { recover } from '../usage/recovery.ts';
import { Shipper } from '../usage/shipper.ts';
import { Spool } from '../usage/spool.ts';
import { Desk } from './desk.ts';
import { LeaseBook } from './leases.ts';
import type { QuotaDesk, SpoolLevel } from './reservation.ts';
import { every, type Timing } from './timing.ts';

const TICK_MS = 100;
const STATE_MS = 1_000;
/** Events: some hours of an outage of the ledger at a hundred requests a second, in about 1.5 GB. */
const CAPACITY = 1_000_000;

export interface MoneyOptions {
  /** The relay's own folder; the spool is a folder in it. */
  readonly folder: string;
  readonly link: Pick<Link, 'relayId' | 'epoch' | 'append' | 'appendJson' | 'onMessage' | 'onConnection' | 'setState'>;
  readonly timing: Timing;
  /** Makes names that are never used twice: `crypto.randomUUID`. */
  readonly nonce: () => string;
  /** What an operator should see in the log. */
  readonly report: (event: string, detail: string) => void;
  readonly capacity?: number;
}

export interface Money {
  readonly desk: QuotaDesk;
  readonly level: () => SpoolLevel;
  /** Returns free quota, ships what is left, and stops; what is not confirmed in time stays in the spool for the next start. */
  close(withinMs: number): Promise<void>;
}

/** Reads the spool of earlier runs before it returns; does not wait for anything else. */
export function openMoney(options: MoneyOptions): Money {
  const { link, timing, report, nonce, capacity = CAPACITY } = options;
  const { relayId, epoch } = link;
  const folder = join(options.folder, 'spool');
  const { backlogs, outcomes } = recover({ folder, epoch, now: timing.now(), report });
  const spool = new Spool({ folder, epoch, timing, report });
  finish(outcomes, spool);
  for (const backlog of backlogs) if (backlog.unshipped === 0) backlog.remove();
  const leases = new LeaseBook({
    relayId, epoch, timing, nonce,
    send: (request) => { void link.append('weir:leases', request); },
    giveBack: (returns) => { for (const each of returns) spool.returned(each); },
  });
  const shipping = { relayId, timing, report, append: (batch: Buffer) => link.appendJson('weir:usage', batch) };
  const own = new Shipper({ ...shipping, source: spool, isRunning: true });
  const shippers = [...backlogs.map((source) => new Shipper({ ...shipping, source, isRunning: false })), own];
  spool.onRecords = () => { own.wake(); };
  const desk = new Desk({ leases, spool, capacity, backlog: () => sumOf(backlogs) });

  const stops = [
    link.onMessage((message) => { dispatch(message, leases, shippers); }),
    link.onConnection((connected) => {
      for (const shipper of shippers) shipper.connection(connected);
      if (connected) leases.reconnected();
    }),
    every(timing, TICK_MS, () => { leases.tick(); for (const shipper of shippers) shipper.tick(); }),
    every(timing, STATE_MS, () => { link.setState({ unshipped: desk.level.unshipped }); }),
    whenShipped(() => sumOf(backlogs) === 0 && spool.acked >= outcomes.length, timing, () => { leases.tellRecovered(); }),
  ];
  for (const shipper of shippers) shipper.wake();
  return { desk, level: () => desk.level, close: (withinMs) => close(withinMs, { leases, spool, shippers, stops, timing }) };
}

const sumOf = (backlogs: readonly Backlog[]): number => backlogs.reduce((sum, backlog) => sum + backlog.unshipped, 0);

/** Outcomes of what earlier runs left open, in the file before anything is served. Throws `CannotStart` when the disk takes nothing. */
function finish(outcomes: readonly UsageEvent[], spool: Spool): void {
  for (const outcome of outcomes) spool.outcome(outcome);
  if (!spool.flush()) throw new CannotStart('The spool cannot be written: is the disk of the data folder full?');
  spool.sync();
}

function dispatch(message: RelayMessage, leases: LeaseBook, shippers: readonly Shipper[]): void {
  if (message.lease) leases.answer(message.lease);
  if (message.recall) leases.recall(message.recall);
  if (message.ack) for (const shipper of shippers) shipper.acked(message.ack);
}

/** Leases of older epochs may be closed once everything that was spent from them is in the ledger. */
function whenShipped(isShipped: () => boolean, timing: Timing, done: () => void): () => void {
  let cancel: () => void = () => undefined;
  const look = (): void => {
    if (isShipped()) done();
    else cancel = timing.after(TICK_MS, look);
  };
  look();
  return () => { cancel(); };
}

interface Running { leases: LeaseBook; spool: Spool; shippers: readonly Shipper[]; stops: readonly (() => void)[]; timing: Timing }

async function close(withinMs: number, { leases, spool, shippers, stops, timing }: Running): Promise<void> {
  leases.returnAll();
  spool.flush();
  const until = timing.monotonic() + withinMs;
  for (const shipper of shippers) shipper.hurry();
  while (shippers.some((shipper) => !shipper.isDone) && timing.monotonic() < until) {
    await new Promise<void>((resolve) => { timing.after(TICK_MS / 10, resolve); });
  }
  for (const stop of stops) stop();
  for (const shipper of shippers) shipper.close();
  spool.close();
}
