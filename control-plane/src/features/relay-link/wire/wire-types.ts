/** Types that no field reaches, printed into the schema all the same: relay and control plane generate from them. */
import { ChannelProbeResult, LeaseRequest, RelayMessage } from './lease.ts';
import { ProviderInquiryResult } from './inquiry.ts';
import { OverrideRehearsalResult } from './rehearsal.ts';
import { BillingQuestion } from './figures.ts';
import { CredentialReport } from './report.ts';
import { RelayState } from './relay-state.ts';
import { RelayChannel, RelayDelta, RelayGroup, RelayGroupRatio, RelayPrice, RelaySettings, RelayToken, RelayUser } from './snapshot.ts';
import { UsageBatch } from './usage.ts';

export const wireTypes = [
  RelayDelta, RelayChannel, RelayToken, RelayUser, RelayGroup, RelayGroupRatio, RelayPrice, RelaySettings,
  LeaseRequest, RelayMessage, ChannelProbeResult, ProviderInquiryResult, OverrideRehearsalResult, RelayState, UsageBatch, CredentialReport, BillingQuestion,
];
