/**
 * The one way out (EGR-01): every request of the control plane whose target somebody may have typed goes through here.
 * A name is resolved once, every address is checked, and the connection goes to a checked address; redirects are answers
 * like any other; time and size are limited. What fails is a value, and says the same for every denied target.
 */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { mayReach } from './address-rules.ts';

/** Who chose the target. What users type reaches fewer ports, and only the private addresses named for them. */
export type EgressAudience = 'operator' | 'user';

export interface EgressRequest {
  /** http or https, without user name. */
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Buffer;
  chosenBy: EgressAudience;
  /** From the start to the last byte of the answer. */
  timeoutMs?: number;
  mostBytes?: number;
}

export interface EgressAnswer { status: number; headers: Record<string, string>; body: Buffer }

export type EgressFault = 'denied' | 'unreachable' | 'timeout' | 'too_large';

/** No answer. `denied`: the target may not be reached from here, whoever asks. */
export class EgressFailure {
  constructor(readonly fault: EgressFault) {}
}

/** Private ranges (CIDR, CIDR:port) that are allowed for what this audience chooses, as of now. */
export type NamedRanges = (audience: EgressAudience) => Promise<readonly string[]>;

const usualMs = 10_000, usualBytes = 1 << 20;
const userPorts: readonly number[] = [80, 443, 8080, 8443];

class Denied extends Error {}

export class Egress {
  constructor(private readonly named: NamedRanges) {}

  /** Never rejects for what the network or the target does. */
  async request(asked: EgressRequest): Promise<EgressAnswer | EgressFailure> {
    const target = readTarget(asked.url), named = await this.named(asked.chosenBy);
    if (!target || !isOpen(target, asked.chosenBy, named)) return new EgressFailure('denied');
    const { timeoutMs = usualMs, mostBytes = usualBytes } = asked;
    // A connection for each request: what was allowed for the last one may not be any more.
    const agent = new Agent({ connect: { lookup: checkedLookup(target.port, named), timeout: timeoutMs }, maxResponseSize: mostBytes, pipelining: 0 });
    try {
      return await exchange(agent, asked, timeoutMs);
    } catch (error) {
      return new EgressFailure(faultOf(error));
    } finally {
      agent.destroy().catch(() => {});
    }
  }
}

async function exchange(dispatcher: Agent, { url, method = 'GET', headers = {}, body }: EgressRequest, timeoutMs: number): Promise<EgressAnswer> {
  const answer = await request(url, { method, headers, body, dispatcher, signal: AbortSignal.timeout(timeoutMs), headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const flat = Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const);
  return { status: answer.statusCode, headers: Object.fromEntries(flat), body: bytes };
}

interface Target { host: string; port: number }

function readTarget(url: string): Target | undefined {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password || parsed.hostname.endsWith('.')) return undefined;
  return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80)) };
}

/** Ports of what users choose, and addresses that stand in the URL itself: those are never looked up. */
function isOpen({ host, port }: Target, audience: EgressAudience, named: readonly string[]): boolean {
  const isLiteral = /^[\d.]+$|:/.test(host);
  if (isLiteral && !mayReach(host, port, named)) return false;
  return audience === 'operator' || userPorts.includes(port) || named.some((entry) => entry.endsWith(`:${port}`));
}

/** Refuses a name as soon as one of its addresses may not be reached: which of them is taken is not ours to choose. */
const checkedLookup = (port: number, named: readonly string[]): LookupFunction => (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => mayReach(address, port, named))) return callback(new Denied('denied'), []);
    if (options.all) return callback(null, addresses);
    return callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

function faultOf(error: unknown): EgressFault {
  if (error instanceof Denied) return 'denied';
  const { name, code } = error as { name?: string; code?: string };
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'too_large';
  return name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code ?? '') ? 'timeout' : 'unreachable';
}
