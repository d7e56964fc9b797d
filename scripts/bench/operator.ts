/** What an operator does before the first request, over the control plane's GraphQL. */
interface Answer { data?: Record<string, { userErrors?: { message: string }[]; key?: string }>; errors?: { message: string }[] }

export class Operator {
  private readonly url: string;
  private cookie = '';

  constructor(url: string) {
    this.url = url;
  }

  /** Sets an instance up whose root user is rich, with one channel. Gives the key of a token without a limit. */
  async prepare(upstreamPort: number): Promise<string> {
    const login = { username: 'root', password: 'correct-horse-battery' };
    await this.ask('mutation ($input: SetupInput!) { it: setupComplete(input: $input) { userErrors { message } } }', { input: login });
    await this.ask('mutation ($input: LoginInput!) { it: sessionCreate(input: $input) { userErrors { message } } }', { input: login });
    await this.ask('mutation ($input: [OptionInput!]!) { it: optionsUpdate(input: $input) { userErrors { message } } }', {
      input: [{ key: 'upstream.private_allowlist', value: '127.0.0.1/32' }, { key: 'ModelRatio', value: '{"bench":1.25,"idle":1.25}' }],
    });
    await this.ask('mutation ($input: QuotaAdjustInput!) { it: userQuotaAdjust(id: "1", idempotencyKey: "bench", input: $input) { userErrors { message } } }', {
      input: { mode: 'ADD', quota: '1000000000000', reason: 'bench' },
    });
    await this.ask('mutation ($input: ChannelCreateInput!) { it: channelCreate(input: $input) { userErrors { message } } }', {
      input: { name: 'bench', type: 1, baseUrl: `http://127.0.0.1:${upstreamPort}`, models: ['bench', 'idle'], credentials: ['sk-bench'] },
    });
    const { key } = await this.ask('mutation ($input: TokenCreateInput!) { it: tokenCreate(input: $input) { key userErrors { message } } }', { input: { name: 'bench', unlimited: true } });
    if (!key) throw new Error('the control plane made no token');
    return key;
  }

  private async ask(query: string, variables: Record<string, unknown>): Promise<{ key?: string }> {
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST', body: JSON.stringify({ query, variables }),
      headers: { 'content-type': 'application/json', origin: this.url, cookie: this.cookie, 'x-requested-with': 'weir-bench' },
    });
    for (const cookie of answer.headers.getSetCookie()) this.cookie = [this.cookie, cookie.split(';')[0]].filter(Boolean).join('; ');
    const { data, errors } = (await answer.json()) as Answer;
    const refusals = errors ?? data?.it?.userErrors ?? [];
    if (refusals.length || !data?.it) throw new Error(`the control plane refused: ${refusals.map((one) => one.message).join('; ')} (${query.slice(0, 90)})`);
    return data.it;
  }
}
