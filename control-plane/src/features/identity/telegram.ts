/** What the login widget of Telegram hands over (https://core.telegram.org/widgets/login#checking-authorization). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface TelegramData {
  id?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  username?: string | null;
  photoUrl?: string | null;
  /** Unix seconds. */
  authDate?: string | null;
  hash?: string | null;
}

/** How old a message may be, and how far a clock may be ahead. */
const freshMs = 600_000, aheadMs = 60_000;

const names: Record<Exclude<keyof TelegramData, 'hash'>, string> = { authDate: 'auth_date', firstName: 'first_name', id: 'id', lastName: 'last_name', photoUrl: 'photo_url', username: 'username' };

/** Hex of HMAC-SHA-256 over the sorted lines `name=value`, keyed with SHA-256 of the bot's token. */
export function telegramHash(data: TelegramData, botToken: string): string {
  const given = Object.entries(names).flatMap(([member, name]) => { const value = data[member as keyof TelegramData]; return value == null ? [] : [`${name}=${value}`]; });
  return createHmac('sha256', createHash('sha256').update(botToken).digest()).update(given.toSorted().join('\n')).digest('hex');
}

/** When it was signed; undefined when it was not, or too long ago. */
export function signedAt(data: TelegramData, botToken: string, now: Date): Date | undefined {
  const { id, authDate, hash } = data;
  if (!botToken || !/^[1-9]\d{0,18}$/.test(id ?? '') || !/^\d{1,12}$/.test(authDate ?? '') || !/^[0-9a-f]{64}$/.test(hash ?? '')) return undefined;
  if (!timingSafeEqual(Buffer.from(hash!, 'hex'), Buffer.from(telegramHash(data, botToken), 'hex'))) return undefined;
  const at = Number(authDate) * 1_000, age = now.getTime() - at;
  return age <= freshMs && age >= -aheadMs ? new Date(at) : undefined;
}
