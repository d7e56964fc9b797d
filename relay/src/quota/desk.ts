/** Joins leases and spool: what the pipeline calls to spend other people's money. */
import { Failure } from '../failure/failure.ts';
import type { LeaseReturn } from '../gql/types.gen.ts';
import { crashPoint } from '../trace/crash-point.ts';
import type { Spool } from '../usage/spool.ts';
import { toUsageEvent } from '../usage/usage-event.ts';
import type { LeaseBook } from './leases.ts';
import { OpenReservation } from './open-reservation.ts';
import { isFree } from './price.ts';
import type { Admission, Ending, NotedRequest, QuotaDesk, Reservation, SpoolLevel } from './reservation.ts';
import type { Claim, Held } from './waiter.ts';

const FULL = 0.9;

export interface DeskOptions {
  readonly leases: LeaseBook;
  readonly spool: Spool;
  /** Unconfirmed records that the spool takes. */
  readonly capacity: number;
  /** Records of earlier runs that PostgreSQL has not confirmed. */
  readonly backlog: () => number;
}

export class Desk implements QuotaDesk {
  private readonly options: DeskOptions;

  constructor(options: DeskOptions) { this.options = options; }

  get level(): SpoolLevel {
    const unshipped = this.options.spool.unshipped + this.options.backlog();
    return { unshipped, fill: this.options.spool.isRefusing ? 1 : unshipped / this.options.capacity };
  }

  reserve(admission: Admission): Failure | Promise<Reservation | Failure> {
    crashPoint('before-reserve');
    if (this.level.fill >= FULL) return backpressure();
    const { leases } = this.options, hold = heldFor(admission);
    const held = leases.reserve(claimsOf(leases, admission, hold), admission.price.quotaPerUnit);
    return held instanceof Promise ? held.then((late) => this.noted(admission, hold, late)) : this.noted(admission, hold, held);
  }

  /** Nothing is acted on that is not in the spool. */
  private noted(admission: Admission, hold: number, held: Held | Failure): Failure | Promise<Reservation | Failure> {
    if (held instanceof Failure) return held;
    return this.options.spool.reserved({ admission, hold, parts: partsOf(held) }).then((isDurable) => {
      if (!isDurable) {
        this.options.leases.spend(held, 0);
        return backpressure();
      }
      crashPoint('after-reserve');
      return new OpenReservation({ admission, held, hold }, this.options);
    });
  }

  note(request: NotedRequest, ending: Ending): void {
    if (this.level.fill >= FULL) return;
    this.options.spool.outcome(toUsageEvent(request, ending, { outcome: 'RELEASED', price: null, hold: 0, amount: 0, platformLoss: 0, draws: [] }));
  }
}

const backpressure = (): Failure => new Failure('billing_backpressure', { retryAfterSeconds: 5 });

/**
 * What is really held. A price that can charge holds at least the one unit that its smallest charge costs. A free one holds
 * nothing, so that parallel requests never compete for it, but still needs an account that is not empty (semantics 1.5).
 */
const heldFor = ({ price, hold }: Admission): number => (hold === 0 && isFree(price) ? 0 : Math.max(1, hold));

function claimsOf(leases: LeaseBook, { userId, tokenId, tokenUnlimited, unasked }: Admission, amount: number): Claim[] {
  if (unasked) return [];
  const wallet = { account: leases.account(`user:${userId}`), amount };
  return tokenUnlimited ? [wallet] : [wallet, { account: leases.account(`token:${tokenId}`), amount }];
}

const partsOf = (held: Held): LeaseReturn[] =>
  held.flatMap(({ account, parts }) => parts.map(({ lease, amount }) => ({ leaseId: lease.id, account: account.name, amount: String(amount) })));
