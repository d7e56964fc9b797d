/** Somebody's browser: keeps the cookie, speaks GraphQL and REST as the console and compatible clients do. */
import type { Data, TestApp } from './test-app.ts';

let addresses = 0;

export interface RestAnswer { status: number; body: Data; headers: Map<string, string> }

export class Browser {
  cookie = '';
  userId = 0;
  /** Of its own, so that limits of one test do not meet another's. */
  readonly address = `198.18.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

  constructor(private readonly app: TestApp) {}

  async graphql(query: string, variables: Data = {}): Promise<{ data: Data; errors?: Data[] }> {
    const { body } = await this.send({ path: '/graphql', body: { query, variables }, headers: { 'x-requested-with': 'test' } });
    return body as { data: Data; errors?: Data[] };
  }

  rest(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<RestAnswer> {
    return this.send({ method, path, ...(body !== undefined && { body }), headers: { ...(this.userId ? { 'new-api-user': String(this.userId) } : {}), ...headers } });
  }

  async signIn(username: string, password: string): Promise<RestAnswer> {
    const answer = await this.rest('POST', '/api/user/login', { username, password });
    if (answer.body.data?.id) this.userId = answer.body.data.id as number;
    return answer;
  }

  private async send(message: Parameters<TestApp['request']>[0]): Promise<RestAnswer> {
    const headers = { host: 'localhost:3000', origin: 'http://localhost:3000', 'accept-language': 'en', ...(this.cookie && { cookie: this.cookie }), ...message.headers };
    const answer = await this.app.request({ ...message, address: this.address, headers });
    for (const [name, value] of answer.headers) if (name === 'set-cookie') this.cookie = value.split(';')[0]!;
    const text = String(answer.body);
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Data, headers: new Map(answer.headers) };
  }
}
