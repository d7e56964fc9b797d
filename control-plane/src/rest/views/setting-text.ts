/** A user's settings as the JSON text that new-api clients keep in one field. Secrets stay empty: an empty one leaves what is stored. */
import { quotaNumber, type Node } from '../view.ts';

export const settingSelection = 'notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority acceptUnpricedModels recordIp upstreamModelUpdates }';

/** The least role that is told of channels. */
const administrator = 10;

/** @param user with its role */
export function settingText({ notifySetting: own, sidebarModules, role }: Node): string {
  return JSON.stringify({
    notify_type: String(own.channel).toLowerCase(), ...(own.lowQuotaThreshold !== null && { quota_warning_threshold: quotaNumber(own.lowQuotaThreshold) }),
    webhook_url: own.webhookUrl, webhook_secret: '', notification_email: own.email, bark_url: own.barkUrl, gotify_url: own.gotifyUrl, gotify_token: '', gotify_priority: own.gotifyPriority,
    ...(role >= administrator && { upstream_model_update_notify_enabled: own.upstreamModelUpdates }),
    accept_unset_model_ratio_model: own.acceptUnpricedModels, record_ip_log: own.recordIp, sidebar_modules: sidebarModules,
  });
}
