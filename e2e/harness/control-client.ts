/** A person's browser or script in front of the control plane: cookies, GraphQL, REST. Nothing of the schema is known here. */
export interface RestAnswer { status: number; body: { success?: boolean; message?: string; data?: unknown } }
export interface GraphqlError { message: string; extensions?: { code?: string } }

export class ControlClient {
  readonly url: string;
  /** Sent with each request, for example `authorization` and `New-Api-User`. */
  headers: Record<string, string> = {};
  readonly #cookies = new Map<string, string>();

  constructor(url: string) { this.url = url; }

  cookieHeader(): string { return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '); }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ origin: this.url, cookie: this.cookieHeader(), 'x-requested-with': 'weir-e2e', ...this.headers });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const answer = await fetch(`${this.url}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(15_000), ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined) this.#cookies.set(name, value ?? '');
    }
    return answer;
  }

  /** Runs an operation and returns its data; throws its errors. */
  async query<T = Record<string, unknown>>(document: string, variables: Record<string, unknown> = {}): Promise<T> {
    const answer = await this.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: document, variables }) });
    const body = (await answer.json()) as { data?: T; errors?: GraphqlError[] };
    if (body.errors?.length || !body.data) throw new Error(`GraphQL ${answer.status}: ${JSON.stringify(body.errors ?? body)}`);
    return body.data;
  }

  async rest(method: string, path: string, body?: unknown): Promise<RestAnswer> {
    const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await this.fetch(path, init);
    return { status: answer.status, body: (await answer.json()) as RestAnswer['body'] };
  }
}
