/** A GitHub that lets everybody in at once as the same person: its pages, its tokens and its API on one port. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class FakeGitHub {
  readonly #server: Server;
  /** What the next visitor is known as. */
  person = { id: 4711, login: 'octo-person' };

  private constructor(server: Server) { this.#server = server; }

  static async open(): Promise<FakeGitHub> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const json = (body: unknown) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (pathname === '/login/oauth/authorize') {
        const back = `${searchParams.get('redirect_uri')}?${new URLSearchParams({ code: 'a-code', state: searchParams.get('state') ?? '' }).toString()}`;
        return response.writeHead(302, { location: back }).end();
      }
      if (pathname === '/login/oauth/access_token') return json({ access_token: 'a-token', token_type: 'bearer' });
      return json(gitHub.person);
    });
    const gitHub = new FakeGitHub(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return gitHub;
  }

  get url(): string { return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
