/** Panels as older sites stored them, moved to where they are now. Rows of their keys come only from an import: nothing here writes them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { announcementForm, apiInfoForm, questionForm, uptimeForm } from './areas/panel-options.ts';
import type { OptionService } from './option.service.ts';
import type { OptionInput, OptionsPayload } from './option.types.ts';

const oldKeys = ['ApiInfo', 'Announcements', 'FAQ', 'UptimeKumaUrl', 'UptimeKumaSlug'] as const;
const mostEntries = 50;

const entries = z.string().transform((text): unknown => { try { return JSON.parse(text); } catch { return []; } }).pipe(z.array(z.looseObject({})).catch([]));

type Entry = Record<string, unknown>;

/** Questions had a title and a content. */
const asQuestion = ({ title, content, ...rest }: Entry): Entry => ({ ...rest, question: rest.question ?? title, answer: rest.answer ?? content });

/** Entries that the panel would refuse are left behind: the others must not stay with them. */
function fitting(text: string | undefined, form: z.ZodType, change: (entry: Entry) => Entry = (entry) => entry): Entry[] {
  return entries.parse(text ?? '[]').map(change).filter((entry) => form.safeParse([entry]).success).slice(0, mostEntries);
}

function panels(old: ReadonlyMap<string, string>): OptionInput[] {
  const moved: [string, Entry[]][] = [];
  if (old.has('ApiInfo')) moved.push(['console_setting.api_info', fitting(old.get('ApiInfo'), apiInfoForm)]);
  if (old.has('Announcements')) moved.push(['console_setting.announcements', fitting(old.get('Announcements'), announcementForm)]);
  if (old.has('FAQ')) moved.push(['console_setting.faq', fitting(old.get('FAQ'), questionForm, asQuestion)]);
  const url = old.get('UptimeKumaUrl'), slug = old.get('UptimeKumaSlug');
  if (url && slug) moved.push(['console_setting.uptime_kuma_groups', fitting(JSON.stringify([{ categoryName: 'old', url, slug, description: '' }]), uptimeForm)]);
  return moved.map(([key, value]) => ({ key, value: JSON.stringify(value) }));
}

async function oldRows(em: EntityManager): Promise<Map<string, string>> {
  const rows = await sqlOf(em)<{ key: string; value: string }>('select key, value from site_option where key = any($1::text[])', [[...oldKeys]]);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

export async function migrateConsoleSettings(ctx: RequestContext, service: OptionService): Promise<OptionsPayload> {
  const payload = await service.update(ctx, panels(await oldRows(ctx.em)));
  if (!payload.userErrors.length) await sqlOf(ctx.em)('delete from site_option where key = any($1::text[])', [[...oldKeys]]);
  return payload;
}
