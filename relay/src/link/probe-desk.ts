import type { ChannelProbe, ChannelProbeResult, OverrideRehearsal, OverrideRehearsalResult, ProviderInquiry, ProviderInquiryResult } from '../gql/types.gen.ts';
import { rehearse } from '../routing/rules/rehearse.ts';
import type { Inquirer, Prober } from './link.ts';

type Tested = Omit<ChannelProbeResult, 'nonce'>;
type Told = Omit<ProviderInquiryResult, 'nonce'>;

const atOnce = 8, oldestMs = 60_000, detailLength = 500;
const refused = (detail: string) => ({ ok: false, durationMs: 0, failure: 'internal', status: null, detail, models: [] });
const starting = 'This relay is still starting.';

/** Lets operators test channels, and ask accounts, without letting a flood of that hurt the traffic. */
export class ProbeDesk {
  prober: Prober = async () => refused(starting);
  inquirer: Inquirer = async () => refused(starting);
  /** It must not reject, as the asker deserves an answer all the same. */
  onBug: (error: unknown) => void = () => undefined;
  private running = 0;
  private readonly send: (result: ChannelProbeResult | ProviderInquiryResult | OverrideRehearsalResult) => void;
  private readonly now: () => number;

  constructor(send: (result: ChannelProbeResult | ProviderInquiryResult | OverrideRehearsalResult) => void, now: () => number) {
    this.send = send;
    this.now = now;
  }

  async answer(probe: ChannelProbe): Promise<void> {
    if (this.now() - probe.askedAt > oldestMs) return;   // the asker has long gone
    const { ok, durationMs, failure, status, detail } = await this.limited<Tested>(() => this.prober(probe));
    this.send({ nonce: probe.nonce, ok, durationMs, failure, status, detail: detail?.slice(0, detailLength) });
  }

  async inquire(inquiry: ProviderInquiry): Promise<void> {
    if (this.now() - inquiry.askedAt > oldestMs) return;
    const { detail, ...told } = await this.limited<Told>(() => this.inquirer(inquiry));
    this.send({ ...told, nonce: inquiry.nonce, detail: detail?.slice(0, detailLength) });
  }

  /** Asks nobody: it is done at once. */
  rehearse(rehearsal: OverrideRehearsal): void {
    if (this.now() - rehearsal.askedAt <= oldestMs) this.send(rehearse(rehearsal));
  }

  private async limited<Result>(work: () => Promise<Result>): Promise<Result | ReturnType<typeof refused>> {
    if (this.running >= atOnce) return refused('Too many tests are running on this relay; try again.');
    this.running++;
    try {
      return await work();
    } catch (error) {
      this.onBug(error);
      return refused('The test itself broke.');
    } finally {
      this.running--;
    }
  }
}
