/** Panels of the console's first page (semantics 11.10): addresses, announcements, questions, and what is up. */
import { z } from 'zod';
import { isStorable } from '../../../kernel/storable.ts';
import { json } from '../json-option.ts';
import { flag, type OptionSpec } from '../option-spec.ts';

const words = (longest: number, shortest = 1) => z.string().trim().min(shortest).max(longest).refine(isStorable, 'is no text');
const address = z.url({ protocol: /^https?$/ }).max(2_048);
const slug = z.string().regex(/^[a-zA-Z0-9_-]{1,100}$/, 'letters, digits, - and _');

/** Members that a console adds, such as ids, are kept. */
export const apiInfoForm = z.array(z.object({ url: address, route: words(100), description: words(500, 0), color: z.string().regex(/^[a-z-]{1,32}$/, 'the name of a color') })).max(50);

export const announcementForm = z.array(z.object({
  content: words(500), publishDate: z.iso.datetime({ offset: true }), type: z.enum(['default', 'ongoing', 'success', 'warning', 'error']).default('default'), extra: words(200, 0).default(''),
})).max(100);

export const questionForm = z.array(z.object({ question: words(200), answer: words(1_000) })).max(100);

export const uptimeForm = z.array(z.object({ categoryName: words(50), url: address, slug, description: words(500, 0).default('') })).max(20)
  .refine((groups) => new Set(groups.map(({ categoryName }) => categoryName)).size === groups.length, 'categoryName is there twice');

export const panelOptions = {
  'console_setting.api_info': json('[]', apiInfoForm, { describe: 'Addresses of the API, at most 50: url, route, description, color.' }),
  'console_setting.api_info_enabled': flag(true, { describe: 'Whether they are shown.' }),
  'console_setting.announcements': json('[]', announcementForm, { describe: 'Announcements, at most 100: content, publishDate (RFC 3339), type, extra.' }),
  'console_setting.announcements_enabled': flag(true, { describe: 'Whether they are shown.' }),
  'console_setting.faq': json('[]', questionForm, { describe: 'Questions, at most 100: question, answer.' }),
  'console_setting.faq_enabled': flag(true, { describe: 'Whether they are shown.' }),
  'console_setting.uptime_kuma_groups': json('[]', uptimeForm, { describe: 'Status pages of Uptime Kuma, at most 20: categoryName, url, slug, description.' }),
  'console_setting.uptime_kuma_enabled': flag(true, { describe: 'Whether their monitors are shown.' }),
} satisfies Record<string, OptionSpec>;
