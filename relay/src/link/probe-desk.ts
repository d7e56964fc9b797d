import type { ChannelProbe, ChannelProbeResult } from '../gql/types.gen.ts';
import type { Prober } from './link.ts';

type Answer = Omit<ChannelProbeResult, 'nonce'>;

const atOnce = 8, oldestMs = 60_000, detailLength = 500;
const refused = (detail: string): Answer => ({ ok: false, durationMs: 0, failure: 'internal', status: null, detail });
const notYet: Prober = async () => refused('This relay is still starting.');

/** Lets operators test channels without letting a flood of tests hurt the traffic. */
export class ProbeDesk {
  prober: Prober = notYet;
  private running = 0;
  private readonly send: (result: ChannelProbeResult) => void;
  private readonly now: () => number;

  constructor(send: (result: ChannelProbeResult) => void, now: () => number) {
    this.send = send;
    this.now = now;
  }

  async answer(probe: ChannelProbe): Promise<void> {
    if (this.now() - probe.askedAt > oldestMs) return;   // the asker has long gone
    const { ok, durationMs, failure, status, detail } = await this.probe(probe);
    this.send({ nonce: probe.nonce, ok, durationMs, failure, status, detail: detail?.slice(0, detailLength) });
  }

  private async probe(probe: ChannelProbe): Promise<Answer> {
    if (this.running >= atOnce) return refused('Too many tests are running on this relay; try again.');
    this.running++;
    try {
      return await this.prober(probe);
    } catch {
      return refused('The test itself broke.');          // a prober must not reject; the asker deserves an answer all the same
    } finally {
      this.running--;
    }
  }
}
