/** Somebody who calls the compatible API with an access token. */
import type { Principal } from '../kernel/context.ts';
import type { Data, TestApp } from './test-app.ts';

export interface RestCaller {
  principal: Principal;
  /** @param from another address than the usual one, for limits that count addresses */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>, from?: string): Promise<{ status: number; body: Data }>;
}

/** Answers are in English unless `headers` say otherwise. */
export async function restCaller(app: TestApp, values: Parameters<TestApp['user']>[0] = {}, address = '127.0.0.1'): Promise<RestCaller> {
  const principal = await app.user(values);
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, principal);
  const own = { authorization: data!.accessTokenRotate.accessToken as string, 'new-api-user': String(principal.userId), 'accept-language': 'en' };
  return {
    principal,
    async call(method, path, body, headers = {}, from = address) {
      const answer = await app.request({ method, path, address: from, headers: { ...own, ...headers }, ...(body !== undefined && { body }) });
      return { status: answer.status, body: JSON.parse(String(answer.body)) as Data };
    },
  };
}
