/** The signature that Xunfei takes in the address of its WebSocket: https://www.xfyun.cn/doc/spark/general_url_authentication.html */
import { createHmac } from 'node:crypto';

export interface XunfeiKey { readonly apiSecret: string; readonly apiKey: string }

/** @param now milliseconds since 1970; gives the query of the address, encoded */
export function xunfeiQuery({ host, pathname }: Pick<URL, 'host' | 'pathname'>, { apiSecret, apiKey }: XunfeiKey, now: number): string {
  const date = new Date(now).toUTCString();
  const signature = createHmac('sha256', apiSecret).update(`host: ${host}\ndate: ${date}\nGET ${pathname} HTTP/1.1`).digest('base64');
  const authorization = Buffer.from(`hmac username="${apiKey}", algorithm="hmac-sha256", headers="host date request-line", signature="${signature}"`).toString('base64');
  return new URLSearchParams({ host, date, authorization }).toString();
}
