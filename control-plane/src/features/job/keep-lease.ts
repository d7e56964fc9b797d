import { leaseSeconds, type Claimed, type JobTable } from './job-table.ts';

const everyMs = 1_000;

export interface KeptLease {
  /** Aborted when the job is cancelled or lost, or the process stops. */
  readonly signal: AbortSignal;
  readonly isCancelled: boolean;
  readonly isLost: boolean;
  end(): void;
}

/** Prolongs the lease of a job while it runs, and hears from the row that it is cancelled or somebody else's. */
export function keepLease(job: Claimed, table: JobTable, stopping: AbortSignal): KeptLease {
  const own = new AbortController();
  let isCancelled = false, isLost = false, missed = 0, busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      const cancel = await table.prolong(job);
      missed = 0;
      isLost = cancel === undefined;
      isCancelled = cancel === true;
    } catch {
      // The database is away. After the lease another runner may have the job as soon as it is back.
      isLost = ++missed * everyMs >= leaseSeconds * 1_000;
    }
    busy = false;
    if (isLost || isCancelled) own.abort();
  };
  const timer = setInterval(() => { void look(); }, everyMs);
  return {
    signal: AbortSignal.any([own.signal, stopping]),
    get isCancelled() { return isCancelled; },
    get isLost() { return isLost; },
    end() { clearInterval(timer); },
  };
}
