/** Resource `settings:site`: the settings that relays act on. */
import type { ResourceBody, ResourceSource } from '../relay-link/resource-source.ts';
import type { RelaySettings } from '../relay-link/wire/snapshot.ts';
import type { Sql } from '../../database/sql.ts';
import { listOf } from './option-spec.ts';
import { readOptions } from './option-values.ts';
import { modelsOf } from './relay-models.ts';
import { guardsOf, routingOf } from './relay-routing.ts';

async function site(sql: Sql): Promise<ResourceBody> {
  const values = await readOptions(sql);
  const settings: RelaySettings = {
    quotaPerUnit: Number(values.get('QuotaPerUnit')),
    retryTimes: Number(values.get('RetryTimes')),
    preConsumedQuota: Number(values.get('PreConsumedQuota')),
    selfUse: values.get('SelfUseModeEnabled') === 'true',
    strictHold: values.get('quota.strict_hold') === 'true',
    privateUpstreams: listOf(values.get('upstream.private_allowlist')!),
    routing: routingOf(values),
    guards: guardsOf(values),
    models: modelsOf(values),
    legacyErrors: values.get('error_dialect') === 'legacy',
    freeNeedsBalance: values.get('quota_setting.enable_free_model_pre_consume') === 'true',
    pingSeconds: values.get('general_setting.ping_interval_enabled') === 'true' ? Number(values.get('general_setting.ping_interval_seconds')) : 0,
  };
  return { key: 'site', body: JSON.stringify(settings) };
}

export const settingsSource: ResourceSource = {
  kind: 'settings',
  async *all(sql) { yield [await site(sql)]; },
  async some(sql, keys) { return keys.includes('site') ? [await site(sql)] : []; },
};
