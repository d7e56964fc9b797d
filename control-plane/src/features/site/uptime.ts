/** What the status pages of Uptime Kuma say, read at most once a minute, whoever asks. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { sqlOf } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { Kept } from '../../kernel/running/kept.ts';
import { EgressFailure, type Egress } from '../egress/egress.ts';
import { uptimeForm } from '../option/areas/panel-options.ts';
import { readOptions } from '../option/option-values.ts';

const freshMs = 60_000, timeoutMs = 8_000, mostBytes = 8 << 20, mostMonitors = 500;

/** Numbers of Uptime Kuma. */
export enum MonitorStatus { DOWN = 'DOWN', UP = 'UP', PENDING = 'PENDING', MAINTENANCE = 'MAINTENANCE' }
const statuses = [MonitorStatus.DOWN, MonitorStatus.UP, MonitorStatus.PENDING, MonitorStatus.MAINTENANCE];

export interface Monitor { name: string; group: string; status: MonitorStatus; uptime: number }
export interface UptimeCategory { name: string; monitors: Monitor[] }
type Category = z.infer<typeof uptimeForm>[number];

const page = z.object({ publicGroupList: z.array(z.object({ name: z.string().catch(''), monitorList: z.array(z.object({ id: z.number(), name: z.string().catch('') })).catch([]) })) });
const beats = z.object({ heartbeatList: z.record(z.string(), z.array(z.object({ status: z.int().min(0).max(3).catch(2) }))).catch({}), uptimeList: z.record(z.string(), z.number()).catch({}) });

export class UptimePages {
  private readonly kept: Kept<UptimeCategory[]>;

  constructor(clock: Clock, private readonly egress: Egress) {
    this.kept = new Kept(clock, freshMs, (em) => this.load(em));
  }

  /** A page that cannot be read has no monitors. */
  read(em: EntityManager): Promise<UptimeCategory[]> {
    return this.kept.read(em);
  }

  private async load(em: EntityManager): Promise<UptimeCategory[]> {
    const options = await readOptions(sqlOf(em), ['console_setting.uptime_kuma_groups', 'console_setting.uptime_kuma_enabled']);
    if (options.get('console_setting.uptime_kuma_enabled') !== 'true') return [];
    const categories = uptimeForm.safeParse(JSON.parse(options.get('console_setting.uptime_kuma_groups')!)).data ?? [];
    return Promise.all(categories.map(async (category) => ({ name: category.categoryName, monitors: await this.monitors(category) })));
  }

  private async monitors({ url, slug }: Category): Promise<Monitor[]> {
    const base = `${url.replace(/\/+$/, '')}/api/status-page`;
    const [shown, told] = await Promise.all([this.fetch(`${base}/${slug}`, page), this.fetch(`${base}/heartbeat/${slug}`, beats)]);
    if (!shown || !told) return [];
    const all = shown.publicGroupList.flatMap(({ name: group, monitorList }) => monitorList.map(({ id, name }) => ({
      name, group, status: statuses[told.heartbeatList[String(id)]?.at(-1)?.status ?? 2]!, uptime: Math.min(1, Math.max(0, told.uptimeList[`${id}_24`] ?? 0)),
    })));
    return all.slice(0, mostMonitors);
  }

  private async fetch<Form>(url: string, form: z.ZodType<Form>): Promise<Form | undefined> {
    const answer = await this.egress.request({ url, chosenBy: 'operator', timeoutMs, mostBytes });
    if (answer instanceof EgressFailure || answer.status !== 200) return undefined;
    try {
      return form.safeParse(JSON.parse(answer.body.toString())).data;
    } catch {
      return undefined;
    }
  }
}
