/** `/livez` and `/readyz` (OBS-05). What is wrong in detail stands in the log and in the state that the control plane sees. */
import type { Exchange } from '../exchange.ts';
import { isStale } from '../entry/picture.ts';
import type { Relay } from '../relay.ts';

/** Live: the loop turns. */
export const live = (exchange: Exchange): void => exchange.answer(200, 'application/json', '{"status":"live"}');

export interface Readiness {
  readonly draining: () => boolean;
  /** Share of the spool that is in use, 0 to 1. */
  readonly spoolFill: () => number;
}

/** From here on new billable work would soon be refused. */
const fullSpool = 0.9;

/** Ready: it can serve. Redis, PostgreSQL and the control plane may all be away. */
export function ready(exchange: Exchange, relay: Relay, readiness: Readiness): void {
  const fault = faultOf(relay, readiness);
  exchange.answer(fault ? 503 : 200, 'application/json', JSON.stringify(fault ? { status: 'not ready', reason: fault } : { status: 'ready' }));
}

function faultOf(relay: Relay, { draining, spoolFill }: Readiness): string | undefined {
  if (draining()) return 'draining';
  if (!relay.snapshots.current()) return 'no configuration yet';
  if (isStale(relay)) return 'stale configuration';
  return spoolFill() >= fullSpool ? 'spool nearly full' : undefined;
}
