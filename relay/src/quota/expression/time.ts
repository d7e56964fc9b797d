/** The wall clock of a place. */

export type ClockPart = 'hour' | 'minute' | 'weekday' | 'month' | 'day';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

// Making one costs a hundred times what using it does.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric', weekday: 'short', month: 'numeric', day: 'numeric' });
  formats.set(zone, made);
  return made;
}

/** There is no way to ask but to try. */
export function isTimeZone(zone: string): boolean {
  try { formatOf(zone); return true; } catch { return false; }
}

/** @returns hour 0 to 23, minute, weekday from 0 (Sunday), month from 1, day of the month from 1 */
export function clockParts(at: number, zone: string): Record<ClockPart, number> {
  const parts = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type as string, value]));
  const of = (type: string): number => Number(parts.get(type));
  return { hour: of('hour'), minute: of('minute'), weekday: days.indexOf(parts.get('weekday') ?? ''), month: of('month'), day: of('day') };
}
