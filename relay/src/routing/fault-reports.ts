/** Tells the control plane of credentials that are of no more use. Many requests may meet the same one before it is gone from the picture. */
import type { CredentialReport } from '../gql/types.gen.ts';

/** Told again after this, as a report may have been lost. */
const againMs = 5_000;
const mostKnown = 10_000;

export class FaultReports {
  private readonly toldAt = new Map<number, number>();
  private readonly send: (report: CredentialReport) => void;

  constructor(send: (report: CredentialReport) => void) { this.send = send; }

  /** @param now milliseconds since 1970 */
  tell(what: Omit<CredentialReport, 'at'>, now: number): void {
    const before = this.toldAt.get(what.credentialId);
    if (before !== undefined && now - before < againMs && now >= before) return;
    if (this.toldAt.size >= mostKnown) this.toldAt.clear();
    this.toldAt.set(what.credentialId, now);
    this.send({ ...what, at: Math.round(now) });
  }
}
