/**
 * Settings of compatible sites that this one keeps for their consoles, so that an import loses nothing. What they ask for is
 * done in another way here, or always, or never; each says which.
 */
import { flag, integer, secret, url, type OptionSpec } from '../option-spec.ts';

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
} satisfies Record<string, OptionSpec>;
