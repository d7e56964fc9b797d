/** The token of Zhipu v3: its times are in milliseconds, and its header names a way of signing of its own. */
import { createHmac } from 'node:crypto';

const dayMs = 86_400_000;
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param now milliseconds since 1970; the token holds for a day */
export function zhipuToken(id: string, secret: string, now: number): string {
  const unsigned = `${part({ alg: 'HS256', sign_type: 'SIGN' })}.${part({ api_key: id, exp: now + dayMs, timestamp: now })}`;
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
}
