/** Check-in, as new-api clients know it. */
import { quotaNumber, type Node, type RestView } from '../view.ts';

const record = ({ day, quota }: Node) => ({ checkin_date: day, quota_awarded: quotaNumber(quota) });

export const legacyCheckInStatus: RestView = {
  name: 'LegacyCheckInStatus', on: 'CheckInStatus', selection: 'enabled today minQuota maxQuota totalDays totalQuota days { day quota }',
  encode: ({ enabled, today, minQuota, maxQuota, totalDays, totalQuota, days }) => ({
    enabled, min_quota: quotaNumber(minQuota), max_quota: quotaNumber(maxQuota),
    stats: { checked_in_today: today, checkin_count: days.length, total_checkins: totalDays, total_quota: quotaNumber(totalQuota), records: days.map(record) },
  }),
};

export const legacyCheckedIn: RestView = { name: 'LegacyCheckedIn', on: 'CheckIn', selection: 'day quota', encode: record };
