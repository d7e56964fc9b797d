/**
 * The relay's end of the wire to the control plane (docs/decisions/0002-relay-link.md), as the other parts of the relay see it.
 * Everything here may fail at any time without harm: Redis carries, it never owns.
 */
import type { BillingQuestion, CredentialReport, ChannelProbe, ChannelProbeResult, LeaseRequest, ProviderInquiry, ProviderInquiryResult, RelayMessage, RelayState, UsageBatch } from '../gql/types.gen.ts';

/** Streams that the control plane reads, and what an entry of each holds. */
export interface Streams {
  'weir:leases': LeaseRequest;
  'weir:usage': UsageBatch;
  'weir:reports': CredentialReport;
  'weir:figures': BillingQuestion;
}

/** What others tell about this relay; the link itself knows id, epoch and time. */
export type StateReport = Omit<RelayState, 'relayId' | 'epoch' | 'seenAt'>;

/** Tests a channel; resolves with what the operator should see, and never rejects. The nonce is filled in by the link. */
export type Prober = (probe: ChannelProbe) => Promise<Omit<ChannelProbeResult, 'nonce'>>;

/** Asks an account at a provider; never rejects. The nonce is filled in by the link. */
export type Inquirer = (inquiry: ProviderInquiry) => Promise<Omit<ProviderInquiryResult, 'nonce'>>;

export interface Link {
  readonly relayId: string;
  /** Grows by one with each start of this relay. */
  readonly epoch: number;
  /** False while Redis is away or frozen: everything sent now is lost. */
  readonly connected: boolean;
  /**
   * Appends a signed entry. True: Redis has it. False: it may be lost (send it again later); known within 100 ms, at once
   * when not connected. Never rejects.
   */
  append<Name extends keyof Streams>(stream: Name, body: Streams[Name]): Promise<boolean>;
  /** As `append`, for a body that is JSON already: what the spool wrote is not read and written once more to be shipped. */
  appendJson(stream: keyof Streams, json: Buffer): Promise<boolean>;
  /** Messages for this relay that were signed with the master key and have the right form. Returns the way to stop listening. */
  onMessage(listener: (message: RelayMessage) => void): () => void;
  /** Called on each change of `connected`. Returns the way to stop listening. */
  onConnection(listener: (connected: boolean) => void): () => void;
  /** Told to the control plane at once, and again each second. Members that are left out stay as they are. */
  setState(change: Partial<StateReport>): void;
  /** Gives the functions that answer operators; until then they are answered with the failure `internal`. */
  answerProbes(prober: Prober, inquirer: Inquirer, onBug: (error: unknown) => void): void;
  /** Takes the relay off the list of relays and closes the connections. */
  close(): Promise<void>;
}
