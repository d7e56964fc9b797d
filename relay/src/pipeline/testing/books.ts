/** Stands where the quota desk stands: grants everything, unless told otherwise, and writes down how each exchange ended. */
import { Failure } from '../../failure/failure.ts';
import type { Admission, Ending, QuotaDesk, Reservation, UsedSoFar } from '../../quota/reservation.ts';

export interface Entry { chargeId: string; outcome: 'open' | 'settled' | 'released' | 'noted'; answered: boolean; checkpoints: number; kept?: UsedSoFar; ending: Ending | undefined; admission: Partial<Admission> }

export class Books implements QuotaDesk {
  readonly entries: Entry[] = [];
  refusal: Failure | undefined;

  reserve(admission: Admission): Promise<Reservation | Failure> {
    if (this.refusal) return Promise.resolve(this.refusal);
    const entry: Entry = { chargeId: admission.chargeId, outcome: 'open', answered: false, checkpoints: 0, ending: undefined, admission };
    this.entries.push(entry);
    const close = (outcome: 'settled' | 'released', ending: Ending): void => {
      if (entry.outcome === 'open') Object.assign(entry, { outcome, ending });
    };
    return Promise.resolve({
      answered: () => { entry.answered = true; },
      checkpoint: () => { entry.checkpoints++; },
      keep: (used) => { entry.kept = used; },
      kept: () => Promise.resolve(),
      settle: (ending) => close('settled', ending),
      release: (ending) => close('released', ending),
    });
  }

  note(admission: Partial<Admission>, ending: Ending): void {
    this.entries.push({ chargeId: admission.chargeId ?? '', outcome: 'noted', answered: false, checkpoints: 0, ending, admission });
  }

  get last(): Entry | undefined { return this.entries.at(-1); }
}
