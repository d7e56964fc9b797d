/** TC3-HMAC-SHA256: https://cloud.tencent.com/document/api/1729/101842 */
import { createHmac, hash } from 'node:crypto';
import type { SignedHeader, Unsigned } from './signature.ts';

export interface TencentKey { readonly secretId: string; readonly secretKey: string }
export interface TencentAction { readonly service: string; readonly action: string; readonly version: string; readonly region?: string }

const algorithm = 'TC3-HMAC-SHA256', signed = 'content-type;host;x-tc-action';
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** @param now milliseconds since 1970 */
export function signTencent({ url, body }: Pick<Unsigned, 'url' | 'body'>, key: TencentKey, { service, action, version, region }: TencentAction, now: number): SignedHeader[] {
  const seconds = String(Math.floor(now / 1_000)), day = new Date(now).toISOString().slice(0, 10), scope = `${day}/${service}/tc3_request`;
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${url.host}\nx-tc-action:${action.toLowerCase()}\n\n${signed}\n${hash('sha256', body)}`;
  const signing = hmac(hmac(hmac(`TC3${key.secretKey}`, day), service), 'tc3_request');
  const signature = createHmac('sha256', signing).update(`${algorithm}\n${seconds}\n${scope}\n${hash('sha256', canonical)}`).digest('hex');
  return [
    ['x-tc-action', action], ['x-tc-version', version], ['x-tc-timestamp', seconds],
    ...(region ? [['x-tc-region', region] as const] : []),
    ['authorization', `${algorithm} Credential=${key.secretId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`],
  ];
}
