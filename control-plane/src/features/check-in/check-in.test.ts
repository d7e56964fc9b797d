import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { setOptions } from '../../testing/mail-sink.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { visit } from '../../testing/rest-visitor.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { audit, isClean, printAudit } from '../ledger/auditor.ts';
import { calendarDay, dayBefore } from './calendar-day.ts';

let app: TestApp, sql: Sql, user: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  user = await restCaller(app);
});
afterAll(() => app.stop());

const on = (over = {}) => setOptions(app, { 'checkin_setting.enabled': 'true', 'checkin_setting.min_quota': '50', 'checkin_setting.max_quota': '60', 'checkin_setting.time_zone': 'Asia/Shanghai', ...over });
const balance = async (caller = user): Promise<number> => Number((await sql<{ balance: string }>('select balance::text from account where name = $1', [`user:${caller.principal.userId}`]))[0]?.balance ?? 0);
const checkIn = (headers?: Record<string, string>, caller = user) => caller.call('POST', '/api/user/checkin', {}, headers);
const status = async (query = '') => (await user.call('GET', `/api/user/checkin${query}`)).body.data;
const day = 24 * 3_600_000;

it.each([
  { at: '2026-11-20T15:59:59Z', timeZone: 'Asia/Shanghai', expected: '2026-11-20' }, { at: '2026-11-20T16:00:00Z', timeZone: 'Asia/Shanghai', expected: '2026-11-21' },
  { at: '2026-03-08T07:30:00Z', timeZone: 'America/New_York', expected: '2026-03-08' }, { at: '2026-01-01T00:30:00Z', timeZone: 'UTC', expected: '2026-01-01' },
])('reads $at in $timeZone as $expected', ({ at, timeZone, expected }) => expect(calendarDay(new Date(at), timeZone)).toBe(expected));

it.each([{ of: '2026-03-01', before: '2026-02-28' }, { of: '2028-03-01', before: '2028-02-29' }, { of: '2026-01-01', before: '2025-12-31' }])('knows that $before is before $of', ({ of, before }) => expect(dayBefore(of)).toBe(before));

describe('checking in', () => {
  it('is off until the operator wants it', async () => {
    expect((await checkIn()).body).toMatchObject({ success: false, message: 'Check-in is switched off', code: 'check_in_off' });
    expect((await checkIn({ 'accept-language': 'zh' })).body.message).toBe('签到功能未启用');
    expect(await status()).toMatchObject({ enabled: false });
    expect((await visit(app, 'GET', '/api/status')).body.data.checkin_enabled).toBe(false);
  });

  it('brings quota once a day, also at the same moment', async () => {
    await on();
    const answers = await Promise.all(Array.from({ length: 5 }, () => checkIn())), won = answers.filter(({ body }) => body.success);
    expect(won).toHaveLength(1);
    const { quota_awarded, checkin_date } = won[0]!.body.data as { quota_awarded: number; checkin_date: string };
    expect(won[0]!.body).toMatchObject({ success: true, message: 'Checked in' });
    expect([checkin_date, quota_awarded >= 50 && quota_awarded <= 60, await balance()]).toEqual(['2026-11-20', true, quota_awarded]);
    expect((await checkIn({ 'accept-language': 'zh' })).body).toMatchObject({ success: false, message: '今日已签到', code: 'check_in_done' });
    expect(await sql('select type, content from log where user_id = $1', [user.principal.userId])).toEqual([{ type: 4, content: `Check-in of 2026-11-20: ${quota_awarded}` }]);
    expect((await visit(app, 'GET', '/api/status')).body.data.checkin_enabled).toBe(true);
  });

  it('counts days in a row, and lists a month', async () => {
    await on({ 'checkin_setting.min_quota': '70', 'checkin_setting.max_quota': '70' });
    for (let days = 0; days < 11; days++) { app.clock.advance(day); await checkIn(); }
    expect(await status()).toMatchObject({ enabled: true, min_quota: 70, max_quota: 70, stats: { checked_in_today: true, checkin_count: 1, total_checkins: 12, records: [{ checkin_date: '2026-12-01', quota_awarded: 70 }] } });
    expect((await status('?month=2026-11')).stats.checkin_count).toBe(11);
    expect((await status('?month=nonsense')).stats.checkin_count).toBe(1);
    const ask = async () => (await app.query('{ viewer { checkIns { today streak } } }', {}, user.principal)).data!.viewer.checkIns;
    expect(await ask()).toEqual({ today: true, streak: 12 });
    app.clock.advance(day);
    expect(await ask()).toEqual({ today: false, streak: 12 });
    app.clock.advance(day);
    expect(await ask()).toEqual({ today: false, streak: 0 });
  });

  it('leaves clean books', async () => {
    const lines = await audit(sql);
    expect(isClean(lines), printAudit(lines)).toBe(true);
  });
});
