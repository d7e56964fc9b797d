/** GitHub, Discord, Linux DO, an OpenID Connect provider and a WeChat relay server, on one real socket. As strict as the real ones. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Person = Record<string, unknown>;

interface Granted { person: Person; clientId: string; redirectUri: string; challenge: string | null; nonce: string | null }

export const clientId = 'weir-client', clientSecret = 'a very secret thing';

const text = (value: string | Buffer): string => Buffer.from(value).toString('base64url');

export class SignInHouse {
  /** What the token endpoint was asked, form and authorization, for tests that look. */
  readonly asked: URLSearchParams[] = [];
  /** Members that the ID token gets besides or instead. */
  claims: Record<string, unknown> = {};
  /** Signs ID tokens with a key that the provider does not publish. */
  forges = false;
  isDown = false;
  private readonly codes = new Map<string, Granted>();
  private readonly tokens = new Map<string, Person>();
  private readonly key = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  private readonly otherKey = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  private readonly server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const [status, body] = this.isDown ? [503, { error: 'down' }] : this.answer(request, new URLSearchParams(Buffer.concat(parts).toString()));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  static async open(): Promise<SignInHouse> {
    const house = new SignInHouse();
    await new Promise<void>((resolve) => house.server.listen(0, '127.0.0.1', resolve));
    return house;
  }

  get url(): string { return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`; }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** What happens at the provider's page: somebody agrees, and the browser goes back with a code. */
  agree(address: string, person: Person): { code: string; state: string } {
    const query = new URL(address).searchParams, code = randomBytes(12).toString('hex');
    if (query.get('client_id') !== clientId || query.get('response_type') !== 'code') throw new Error(`The provider refuses ${address}`);
    this.codes.set(code, { person, clientId, redirectUri: query.get('redirect_uri') ?? '', challenge: query.get('code_challenge'), nonce: query.get('nonce') });
    return { code, state: query.get('state') ?? '' };
  }

  /** A code for a client that built its address without PKCE. */
  plainCode(person: Person, redirectUri: string): string {
    const code = randomBytes(12).toString('hex');
    this.codes.set(code, { person, clientId, redirectUri, challenge: null, nonce: null });
    return code;
  }

  private answer(request: IncomingMessage, form: URLSearchParams): [number, unknown] {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    if (pathname === '/.well-known/openid-configuration') return [200, this.discovery()];
    if (pathname === '/jwks') return [200, { keys: [{ ...this.key.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] }];
    if (pathname.endsWith('token')) return this.token(request, form);
    if (pathname === '/api/wechat/user') return request.headers.authorization === clientSecret ? [200, wechat(searchParams.get('code'))] : [401, {}];
    const person = this.tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    return person ? [200, person] : [401, { error: 'invalid_token' }];
  }

  private discovery() {
    return {
      issuer: this.url, authorization_endpoint: `${this.url}/oauth2/authorize`, token_endpoint: `${this.url}/oidc/token`, userinfo_endpoint: `${this.url}/userinfo`, jwks_uri: `${this.url}/jwks`,
      response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'],
    };
  }

  private token(request: IncomingMessage, form: URLSearchParams): [number, unknown] {
    this.asked.push(form);
    const granted = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const [id, secret] = basicOf(request) ?? [form.get('client_id'), form.get('client_secret')], isClient = id === clientId && secret === clientSecret;
    const proves = granted?.challenge == null || createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === granted.challenge;
    if (!granted || !isClient || !proves || form.get('redirect_uri') !== granted.redirectUri) return [400, { error: 'invalid_grant' }];
    const token = randomBytes(12).toString('hex');
    this.tokens.set(token, granted.person);
    const isOidc = new URL(request.url!, this.url).pathname.startsWith('/oidc');
    return [200, { access_token: token, token_type: 'bearer', ...(isOidc && { id_token: this.idToken(granted) }) }];
  }

  private idToken({ person, nonce }: Granted): string {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.url, aud: clientId, sub: person.sub, iat: now, exp: now + 60, ...(nonce && { nonce }), ...this.claims };
    const signed = `${text('{"alg":"RS256","kid":"1"}')}.${text(JSON.stringify(claims))}`;
    return `${signed}.${text(sign('sha256', Buffer.from(signed), (this.forges ? this.otherKey : this.key).privateKey))}`;
  }
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they go into the header. */
function basicOf({ headers }: IncomingMessage): string[] | undefined {
  const [, given] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  return given?.length ? Buffer.from(given, 'base64').toString().split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' '))) : undefined;
}

const wechat = (code: string | null) => (code?.startsWith('wx-') ? { success: true, message: '', data: `openid-${code}` } : { success: false, message: 'wrong code' });
