/** Quota for coming back: once for a user and day, by the ledger. */
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import type { HumanCheck } from '../human/human-check.ts';
import { walletOf } from '../ledger/account-name.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import type { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerRefusal } from '../ledger/movement.ts';
import { insertLogRows } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { readOptions } from '../option/option-values.ts';
import { calendarDay, dayBefore } from './calendar-day.ts';
import { CheckIn } from './check-in.entity.ts';
import type { CheckInPayload, CheckInStatus } from './check-in.types.ts';

interface Settings { enabled: boolean; min: number; max: number; today: string }

/** Gives a whole number from `min` to `max`. */
export type Draw = (min: number, max: number) => number;

const longestStreak = 366;
const refused = (error: UserError): CheckInPayload => ({ checkIn: null, userErrors: [error] });

export class CheckInService {
  constructor(private readonly ledger: LedgerService, private readonly humans: HumanCheck, private readonly draw: Draw) {}

  async checkIn(ctx: RequestContext, captcha: string | null): Promise<CheckInPayload> {
    const { enabled, min, max, today } = await settingsOf(ctx);
    if (!enabled) return refused(refusal(ctx, UserErrorCode.DISABLED, 'check_in_off'));
    const notHuman = await this.humans.refuse(ctx, captcha, ['captcha']);
    if (notHuman) return refused(notHuman);
    const quota = BigInt(this.draw(Math.min(min, max), Math.max(min, max))), { userId } = callerOf(ctx), now = ctx.clock.now();
    const done = await ctx.em.fork().transactional(async (em) => {
      const sql = sqlOf(em);
      const [row] = await sql('insert into check_in (user_id, day, quota, at) values ($1, $2, $3, $4) on conflict do nothing returning id', [userId, today, quota, now]);
      if (!row) return false;
      const moved = await this.ledger.credit(em, {
        account: walletOf(userId), counter: 'system:promo', kind: LedgerKind.GRANT, amount: quota, reference: `checkin:${userId}:${today}`, reason: `Check-in of ${today}`, actorId: userId,
      });
      if (moved instanceof LedgerRefusal) throw new Error(`A check-in was refused: ${moved.code}`);
      await insertLogRows(sql, [{ at: now.getTime(), type: logTypes.SYSTEM, userId, content: `Check-in of ${today}: ${quota}` }], now);
      return true;
    });
    if (!done) return refused(refusal(ctx, UserErrorCode.CONFLICT, 'check_in_done'));
    return { checkIn: await ctx.em.findOneOrFail(CheckIn, { userId, day: today }), userErrors: [] };
  }

  /** @param month YYYY-MM; the present one when it is none */
  async status(ctx: RequestContext, month: string | null): Promise<CheckInStatus> {
    const { enabled, min, max, today } = await settingsOf(ctx), { userId } = callerOf(ctx);
    const wanted = /^\d{4}-(0[1-9]|1[0-2])$/.test(month ?? '') ? month! : today.slice(0, 7);
    const [total] = await sqlOf(ctx.em)<{ days: number; quota: string }>('select count(*)::int as days, coalesce(sum(quota), 0)::text as quota from check_in where user_id = $1', [userId]);
    const recent = await ctx.em.find(CheckIn, { userId }, { orderBy: { day: 'desc' }, limit: longestStreak }), known = new Set(recent.map(({ day }) => day));
    return {
      enabled, today: known.has(today), streak: streakOf(known, today), minQuota: BigInt(min), maxQuota: BigInt(max), totalDays: total!.days, totalQuota: BigInt(total!.quota),
      days: await ctx.em.find(CheckIn, { userId, day: { $like: `${wanted}-%` } }, { orderBy: { day: 'desc' } }),
    };
  }
}

function streakOf(days: ReadonlySet<string>, today: string): number {
  let day = days.has(today) ? today : dayBefore(today), streak = 0;
  for (; days.has(day); day = dayBefore(day)) streak++;
  return streak;
}

async function settingsOf(ctx: RequestContext): Promise<Settings> {
  const options = await readOptions(sqlOf(ctx.em), ['checkin_setting.enabled', 'checkin_setting.min_quota', 'checkin_setting.max_quota', 'checkin_setting.time_zone']);
  return {
    enabled: options.get('checkin_setting.enabled') === 'true', min: Number(options.get('checkin_setting.min_quota')), max: Number(options.get('checkin_setting.max_quota')),
    today: calendarDay(ctx.clock.now(), options.get('checkin_setting.time_zone')!),
  };
}
