/** One admitted exchange until its end. Ends exactly once, whatever is called how often. */
import type { FrozenPrice } from '../gql/types.gen.ts';
import { crashPoint } from '../trace/crash-point.ts';
import type { Spool } from '../usage/spool.ts';
import { toUsageEvent } from '../usage/usage-event.ts';
import { chargeOf, lossOf, unused } from './charge.ts';
import type { LeaseBook } from './leases.ts';
import { isPlausible } from './price.ts';
import type { Admission, Ending, Reservation, Served, UsedSoFar } from './reservation.ts';
import { servedAdmission } from './served-group.ts';
import type { Held } from './waiter.ts';

export class OpenReservation implements Reservation {
  private readonly admission: Admission;
  private readonly held: Held;
  private readonly hold: number;
  private readonly leases: LeaseBook;
  private readonly spool: Spool;
  private ended = false;
  private hasAnswer = false;

  constructor(what: { admission: Admission; held: Held; hold: number }, where: { leases: LeaseBook; spool: Spool }) {
    this.admission = what.admission;
    this.held = what.held;
    this.hold = what.hold;
    this.leases = where.leases;
    this.spool = where.spool;
  }

  answered(by: Served): void {
    if (this.ended || this.hasAnswer) return;
    this.hasAnswer = true;
    this.spool.answered(this.admission.chargeId, by);
  }

  checkpoint(used: UsedSoFar): void {
    if (!this.ended && isPlausible(used.tokens)) this.spool.checkpoint(this.admission.chargeId, used);
  }

  keep(used: UsedSoFar): void {
    this.checkpoint(used);
    this.spool.flushNow();
  }

  kept(): Promise<void> { return this.spool.flushed(); }

  settle(ending: Ending): void {
    if (this.ended) return;
    crashPoint('before-settle');
    const { ending: sound, amount, frozen } = chargeOf(servedAdmission(this.admission, ending), ending);
    this.end(sound, { outcome: 'SETTLED', amount, price: frozen });
    crashPoint('after-settle');
  }

  release(ending: Ending): void {
    if (this.ended) return;
    this.end(ending, { outcome: 'RELEASED', amount: 0, price: unused(servedAdmission(this.admission, ending).price) });
  }

  private end(ending: Ending, charge: { outcome: 'SETTLED' | 'RELEASED'; amount: number; price: FrozenPrice }): void {
    this.ended = true;
    const draws = this.leases.spend(this.held, charge.amount);
    const admission = servedAdmission(this.admission, ending);
    const platformLoss = ending.lostTokens ? lossOf(admission, ending.lostTokens) : 0;
    this.spool.outcome(toUsageEvent(admission, ending, { ...charge, hold: this.hold, draws, platformLoss }));
  }
}
