/** Every table of the product. A feature adds its entities here. */
import { AuditEvent } from '../features/audit/audit-event.entity.ts';
import { BulkRow } from '../features/bulk/bulk-row.entity.ts';
import { ChannelEvent } from '../features/channel/standing/channel-event.entity.ts';
import { ChannelCredential } from '../features/channel/credential/channel-credential.entity.ts';
import { Ceremony } from '../features/ceremony/ceremony.entity.ts';
import { UpstreamModels } from '../features/channel/provider/upstream-models.entity.ts';
import { Channel } from '../features/channel/channel.entity.ts';
import { Drawing } from '../features/task/drawing.entity.ts';
import { Task } from '../features/task/task.entity.ts';
import { Group } from '../features/group/group.entity.ts';
import { Identity } from '../features/identity/identity.entity.ts';
import { Export, ExportPart } from '../features/export/export.entity.ts';
import { RegisteredDocument } from '../features/integration-key/registered-document.entity.ts';
import { ListVersion } from './list-version.entity.ts';
import { JobResult } from '../features/job/job-result.entity.ts';
import { IntegrationKey } from '../features/integration-key/integration-key.entity.ts';
import { Job } from '../features/job/job.entity.ts';
import { Lease } from '../features/lease/lease.entity.ts';
import { RelayEpoch } from '../features/lease/relay-epoch.entity.ts';
import { Account } from '../features/ledger/account.entity.ts';
import { LedgerEntry } from '../features/ledger/ledger-entry.entity.ts';
import { LedgerTransaction } from '../features/ledger/ledger-transaction.entity.ts';
import { ModelMeta } from '../features/model/model-meta.entity.ts';
import { StoredOption } from '../features/option/option.entity.ts';
import { Passkey } from '../features/passkey/passkey.entity.ts';
import { PrefillGroup } from '../features/prefill-group/prefill-group.entity.ts';
import { Price } from '../features/price/price.entity.ts';
import { Provider } from '../features/relay-link/provider.entity.ts';
import { RedemptionBatch } from '../features/redemption/redemption-batch.entity.ts';
import { Redemption } from '../features/redemption/redemption.entity.ts';
import { SnapshotChange } from '../features/relay-link/snapshot-change.entity.ts';
import { SnapshotState } from '../features/relay-link/snapshot-state.entity.ts';
import { EmailProof } from '../features/registration/email-proof.entity.ts';
import { Session } from '../features/session/session.entity.ts';
import { Setup } from '../features/setup/setup.entity.ts';
import { Token } from '../features/token/token.entity.ts';
import { BackupCode } from '../features/two-factor/backup-code.entity.ts';
import { TwoFactor } from '../features/two-factor/two-factor.entity.ts';
import { Charge } from '../features/usage/charge.entity.ts';
import { DeadLetter } from '../features/usage/dead-letter.entity.ts';
import { RelayCursor } from '../features/usage/relay-cursor.entity.ts';
import { Vendor } from '../features/vendor/vendor.entity.ts';
import { TopUp } from '../features/payment/order/top-up.entity.ts';
import { CheckIn } from '../features/check-in/check-in.entity.ts';
import { Notification } from '../features/notification/notification.entity.ts';
import { NotifySetting } from '../features/notification/notify-setting.entity.ts';
import { WaitingMail } from '../features/mail/waiting-mail.entity.ts';
import { User } from '../features/user/user.entity.ts';

export const entities = [
  Account,
  AuditEvent,
  BackupCode,
  BulkRow,
  Ceremony,
  Channel,
  ChannelCredential,
  ChannelEvent,
  Charge,
  CheckIn,
  DeadLetter,
  Drawing,
  EmailProof,
  Export,
  ExportPart,
  Group,
  Identity,
  IntegrationKey,
  Job,
  JobResult,
  Lease,
  ListVersion,
  LedgerEntry,
  LedgerTransaction,
  Passkey,
  ModelMeta,
  PrefillGroup,
  Notification,
  NotifySetting,
  Price,
  Provider,
  Redemption,
  RedemptionBatch,
  RegisteredDocument,
  RelayCursor,
  RelayEpoch,
  Session,
  Setup,
  SnapshotChange,
  SnapshotState,
  StoredOption,
  Task,
  Token,
  TopUp,
  TwoFactor,
  UpstreamModels,
  User,
  Vendor,
  WaitingMail,
] as const;
