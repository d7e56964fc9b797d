import { describe, expect, it } from 'vitest';
import { signedAt, telegramHash, type TelegramData } from './telegram.ts';

const token = '123:ABC', signed: TelegramData = { id: '42', firstName: 'A', authDate: '1700000000' };
const hash = 'b1d0687433e0cc97aaea643874cafaa8bde8b7852cdfb34c468408f45c80beef';
const at = (seconds: number) => new Date(seconds * 1_000);

describe('the message of Telegram', () => {
  it('has the hash that is published as an example', () => expect(telegramHash(signed, token)).toBe(hash));

  it('tells when it was signed', () => expect(signedAt({ ...signed, hash }, token, at(1_700_000_005))).toEqual(at(1_700_000_000)));

  it.each<{ name: string; data: TelegramData; now?: number; key?: string }>([
    { name: 'another hash', data: { ...signed, hash: hash.replace('b1', 'b2') } },
    { name: 'no hash', data: signed },
    { name: 'a hash of another form', data: { ...signed, hash: 'zz' } },
    { name: 'a changed id', data: { ...signed, id: '43', hash } },
    { name: 'a member more', data: { ...signed, username: 'x', hash } },
    { name: 'another bot', data: { ...signed, hash }, key: '124:ABC' },
    { name: 'no bot', data: { ...signed, hash: telegramHash(signed, '') }, key: '' },
    { name: 'more than ten minutes', data: { ...signed, hash }, now: 1_700_000_601 },
    { name: 'a time that is still to come', data: { ...signed, hash }, now: 1_699_999_939 },
    { name: 'no time', data: { id: '42', hash: telegramHash({ id: '42' }, token) } },
  ])('is refused with $name', ({ data, now = 1_700_000_005, key = token }) => expect(signedAt(data, key, at(now))).toBeUndefined());
});
