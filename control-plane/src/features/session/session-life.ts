/** How long a session lasts (SES-01): a user 30 days and 7 idle, an admin 7 days and 12 hours idle. */
import { roles } from '../../kernel/permission.ts';

const hour = 3_600_000, day = 24 * hour;

export interface Life { role: number; createdAt: number; lastSeenAt: number; ended: boolean }

/** All times in milliseconds since 1970. */
export function isAlive({ role, createdAt, lastSeenAt, ended }: Life, now: number): boolean {
  const [absolute, idle] = role >= roles.admin ? [7 * day, 12 * hour] : [30 * day, 7 * day];
  return !ended && now - createdAt < absolute && now - lastSeenAt < idle;
}

/** After this no session of anybody is alive. */
export const longestLifeMs = 30 * day;
