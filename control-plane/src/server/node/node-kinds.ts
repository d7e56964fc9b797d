/** What `node` finds, and who may see it. */
import type { EntityClass, FilterQuery } from '@mikro-orm/postgresql';
import { IntegrationKey } from '../../features/integration-key/integration-key.entity.ts';
import { walletOf } from '../../features/ledger/account-name.ts';
import { Export } from '../../features/export/export.entity.ts';
import { LedgerEntry } from '../../features/ledger/ledger-entry.entity.ts';
import { Notification } from '../../features/notification/notification.entity.ts';
import { Passkey } from '../../features/passkey/passkey.entity.ts';
import { TopUp } from '../../features/payment/order/top-up.entity.ts';
import { PrefillGroup } from '../../features/prefill-group/prefill-group.entity.ts';
import { Session } from '../../features/session/session.entity.ts';
import { Drawing } from '../../features/task/drawing.entity.ts';
import { Task } from '../../features/task/task.entity.ts';
import { Permission } from '../../kernel/permission.ts';
import type { IdKind } from '../../kernel/typed-id.ts';

/** Kinds with a query of their own: it is asked, with its policy, so that both always say the same. */
export const queries: Partial<Record<IdKind, string>> = {
  user: 'user', token: 'token', channel: 'channel', log: 'log', job: 'job', model: 'model', vendor: 'vendor', redemption: 'redemption',
};

export interface Listed {
  entity: EntityClass<object>;
  /** Which rows are the user's; absent: nobody's. */
  own?: (userId: number) => FilterQuery<object>;
  /** Opens every row; absent: only owners see theirs. */
  permission?: Permission;
}

const byUser = (userId: number): FilterQuery<object> => ({ userId }) as FilterQuery<object>;

/** Kinds that stand in lists only, under the rights of their lists. The audit log is not among them: each reading of it is recorded. */
export const listed: Partial<Record<IdKind, Listed>> = {
  export: { entity: Export, own: (userId) => ({ requestedById: userId, keyId: null }) as FilterQuery<object> },
  drawing: { entity: Drawing, own: byUser, permission: Permission.TASK_READ_ANY },
  integrationKey: { entity: IntegrationKey, permission: Permission.INTEGRATION_READ },
  ledgerEntry: { entity: LedgerEntry, own: (userId) => ({ account: walletOf(userId) }) as FilterQuery<object>, permission: Permission.BILLING_READ },
  notification: { entity: Notification, own: byUser },
  passkey: { entity: Passkey, own: byUser },
  prefillGroup: { entity: PrefillGroup, permission: Permission.MODEL_READ },
  session: { entity: Session, own: byUser },
  task: { entity: Task, own: byUser, permission: Permission.TASK_READ_ANY },
  topUp: { entity: TopUp, own: byUser, permission: Permission.TOPUP_READ_ANY },
};
