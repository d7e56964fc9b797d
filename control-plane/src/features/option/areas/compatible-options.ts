/**
 * Settings of compatible sites that this one keeps for their consoles, so that an import loses nothing. What they ask for is
 * done in another way here, or always, or never; each says which.
 */
import { flag, integer, secret, text, url, type OptionSpec } from '../option-spec.ts';

const role = (what: string): OptionSpec => integer(0, 0, 100, { describe: `Least role that may ${what} files; there are no such files here.` });

export const compatibleOptions = {
  LogConsumeEnabled: flag(true, { describe: 'Kept for consoles: every charge has its row in the log here, or nobody could check it.' }),
  StreamCacheQueueLength: integer(0, 0, 100_000, { describe: 'Kept for consoles: streams are passed on as they come.' }),
  'fetch_setting.enable_ssrf_protection': { ...flag(true, { describe: 'Always on: addresses that are not public are refused unless they are allowed by name.' }), read: (given: string) => (given.trim().toLowerCase() === 'true' ? { text: 'true' } : { refusal: 'true: this protection cannot be switched off' }) },
  WorkerUrl: url('', { describe: 'Kept for consoles: media are fetched by relays themselves.' }),
  WorkerValidKey: secret({ describe: 'Kept for consoles: key of that worker.' }),
  WorkerAllowHttpImageRequestEnabled: flag(false, { describe: 'Kept for consoles.' }),
  FileUploadPermission: role('upload'),
  FileDownloadPermission: role('download'),
  ImageUploadPermission: role('upload image'),
  ImageDownloadPermission: role('download image'),
  'token_setting.max_user_tokens': integer(1_000, 1, 1_000_000, { describe: 'How many keys a user may have.' }),
  'performance_setting.disk_cache_enabled': flag(false, { describe: 'Kept for consoles: bodies are never cached on disk.' }),
  'performance_setting.disk_cache_threshold_mb': integer(10, 0, 1_000_000, { describe: 'Kept for consoles, as disk_cache_enabled.' }),
  'performance_setting.disk_cache_max_size_mb': integer(1_024, 0, 1_000_000, { describe: 'Kept for consoles, as disk_cache_enabled.' }),
  'performance_setting.disk_cache_path': text('', 1_024, { describe: 'Kept for consoles, as disk_cache_enabled.' }),
  'performance_setting.monitor_cpu_threshold': integer(90, 0, 100, { describe: 'Kept for consoles: an overloaded relay is known by how late its turns are, and by its memory.' }),
  'performance_setting.monitor_disk_threshold': integer(95, 0, 100, { describe: 'Kept for consoles: a relay whose spool is nearly full refuses new requests by itself.' }),
  'payment_setting.compliance_confirmed': flag(false, { describe: 'Kept for consoles: whether the operator has confirmed their statement on payments; nothing here waits for it.' }),
  'payment_setting.compliance_terms_version': text('', 64, { describe: 'Kept for consoles, as compliance_confirmed.' }),
  'payment_setting.compliance_confirmed_at': integer(0, 0, 100_000_000_000, { describe: 'Kept for consoles, as compliance_confirmed; seconds since 1970.' }),
  'payment_setting.compliance_confirmed_by': integer(0, 0, 2_147_483_647, { describe: 'Kept for consoles, as compliance_confirmed; the id of the user.' }),
  'payment_setting.compliance_confirmed_ip': text('', 64, { describe: 'Kept for consoles, as compliance_confirmed.' }),
} satisfies Record<string, OptionSpec>;
