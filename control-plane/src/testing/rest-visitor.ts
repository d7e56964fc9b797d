/** Somebody without an account who calls the compatible API. Every visitor has an address of their own, so that limits do not meet. */
import type { Data, TestApp } from './test-app.ts';

export interface RestVisit { status: number; body: Data; cookies: string[]; retryAfter: string | undefined }

let visitors = 0;

/** Answers are in English unless `headers` say otherwise. */
export async function visit(app: TestApp, method: string, path: string, body?: unknown, { headers = {}, address = `198.51.100.${++visitors % 250}` }: { headers?: Record<string, string>; address?: string } = {}): Promise<RestVisit> {
  const answer = await app.request({ method, path, address, headers: { 'accept-language': 'en', ...headers }, ...(body !== undefined && { body }) });
  const found = (wanted: string) => answer.headers.filter(([name]) => name === wanted).map(([, value]) => value);
  return { status: answer.status, body: JSON.parse(String(answer.body)) as Data, cookies: found('set-cookie'), retryAfter: found('retry-after')[0] };
}
