/** How an answer travels: the pace, the cuts, the silences. Writes what it did into the ground truth. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, DialectName } from './answer.ts';
import { framesOf, piecesOf, ping } from './framing.ts';
import type { Entry } from './ground-truth.ts';
import type { Orders } from './orders.ts';
import { reportedUsage } from './usage.ts';

/** One answer on its way. `gone` is aborted when the caller leaves. */
export interface Delivery { response: ServerResponse; entry: Entry; orders: Orders; gone: AbortSignal }

async function write({ response, entry, gone }: Delivery, bytes: Buffer): Promise<void> {
  if (gone.aborted) return;
  entry.sentBytes += bytes.length;
  // A caller that does not read must not fill our memory.
  if (!response.write(bytes)) await once(response, 'drain', { signal: gone }).catch(() => {});
}

async function writePieces(delivery: Delivery, bytes: Buffer): Promise<void> {
  const pieces = piecesOf(bytes, delivery.orders);
  for (const piece of pieces) {
    await write(delivery, piece);
    // A turn of the loop between two pieces, so that they leave as packets of their own.
    if (pieces.length > 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Ends the connection with a reset, as a crashed server does. */
export function reset({ response, entry }: Delivery): void {
  entry.ending = 'broken';
  response.socket?.resetAndDestroy();
}

const silence = (gone: AbortSignal): Promise<unknown> => pause(2 ** 31 - 1, undefined, { signal: gone }).catch(() => {});

/** The order that applies before frame `number` is written; true: the stream is over. */
async function interrupted(delivery: Delivery, number: number, bytes: Buffer): Promise<boolean> {
  const { orders, gone } = delivery;
  if (orders.get('stall-after') === number - 1) { await silence(gone); return true; }
  if (orders.get('cut-after') === number - 1) { reset(delivery); return true; }
  if (orders.get('cut-in-frame') !== number) return false;
  await write(delivery, bytes.subarray(0, bytes.length >> 1));
  await pause(20);                                       // the half frame must leave before the reset throws it away
  reset(delivery);
  return true;
}

async function writeFrames(delivery: Delivery, frames: readonly Buffer[], sent: (index: number) => void): Promise<void> {
  const dripMs = delivery.orders.get('drip') ?? 0;
  for (const [index, bytes] of frames.entries()) {
    if (dripMs) await pause(dripMs, undefined, { signal: delivery.gone }).catch(() => {});
    if (delivery.gone.aborted || (await interrupted(delivery, index + 1, bytes))) return;
    await writePieces(delivery, bytes);
    delivery.entry.sentFrames++;
    sent(index);
  }
}

function finish({ response, entry, gone }: Delivery): void {
  if (gone.aborted || entry.ending !== 'open') return;
  response.end();
  entry.ending = 'complete';
}

export async function deliverStream(delivery: Delivery, dialect: DialectName, answer: Answer): Promise<void> {
  const { response, entry, orders, gone } = delivery;
  entry.status = 200;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  while (orders.has('pings-forever') && !gone.aborted) {
    await write(delivery, ping(dialect));
    await pause(20);
  }
  const whole = orders.has('at-once') ? answer.events.length : 0;
  await writeFrames(delivery, framesOf(dialect, answer.events, orders), (index) => {
    const said = answer.events.slice(0, Math.max(whole, index + 1));
    entry.usage = reportedUsage(dialect, said) ?? null;
  });
  finish(delivery);
}

/** A body counts as two frames; what was ordered for some frame of a stream happens between them. */
const atHalf = (orders: Orders): Orders =>
  new Map([...orders].map(([name, value]) => [name, name === 'cut-in-frame' ? 2 : name === 'stall-after' || name === 'cut-after' ? 1 : value]));

export async function deliverBody(delivery: Delivery, dialect: DialectName, status: number, body: object, headers: Record<string, string> = {}): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body));
  delivery.entry.status = status;
  delivery.response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  const halves = [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)];
  await writeFrames({ ...delivery, orders: atHalf(delivery.orders) }, halves, (index) => {
    delivery.entry.usage = index ? (reportedUsage(dialect, [{ ...body }]) ?? null) : null;
  });
  finish(delivery);
}
