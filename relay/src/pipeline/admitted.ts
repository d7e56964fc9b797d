import type { Admission, Reservation } from '../quota/reservation.ts';
import type { Stage } from '../routing/stages.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Story } from '../trace/story.ts';
import type { Caller } from './entry/authenticate.ts';
import type { Exchange } from './exchange.ts';
import type { Received } from './entry/received.ts';

/** A request that was understood, from a caller who is known. Nothing in it changes any more. */
export interface Understood {
  readonly exchange: Exchange;
  readonly snapshot: Snapshot;
  readonly caller: Caller;
  readonly request: Received;
  readonly story: Story;
}

/** One that may be sent: somebody serves it, its price is fixed and its hold is durable. */
export interface Admitted extends Understood {
  /** Where it may go, in order; never empty. */
  readonly stages: readonly Stage[];
  readonly admission: Admission;
  readonly reservation: Reservation;
}
