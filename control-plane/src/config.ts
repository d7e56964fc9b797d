/** Everything the environment may say to the control plane, read once, checked as a whole. Nobody else reads it. */
import { z } from 'zod';
import { readRange } from './kernel/http/client-address.ts';

const port = z.coerce.number('must be a port number').int('must be a port number').min(0).max(65_535);
const listOf = (text: string): string[] => text.split(',').map((part) => part.trim()).filter(Boolean);
const required = (words: string) => z.string(`is missing: ${words}`);
const address = (schemes: RegExp, form: string) => required(form).refine((text) => URL.canParse(text) && schemes.test(new URL(text).protocol), `must look like ${form}`);

const schema = z.object({
  WEIR_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  WEIR_CONTROL_PORT: port.default(3000).describe('port of console, GraphQL and /api'),
  WEIR_RELAY_PORT: port.default(8080).describe('port of the relay, shown to people in the console'),
  WEIR_PUBLIC_URL: z.url().optional().describe('address under which people reach the console, when it is not host and port'),
  WEIR_RELAY_URL: z.url().optional().describe('address under which SDK clients reach the relay, when it is not host and port'),
  WEIR_COOKIE_DOMAIN: z.string().regex(/^\.?([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'must be a domain such as example.com').optional().describe('domain that shares the session cookie with its sub-domains; unset: the host alone'),
  WEIR_DATA: z.string().default('.data').describe('data folder'),
  WEIR_MASTER_KEY: required('32 bytes in base64 (openssl rand -base64 32)')
    .refine((text) => Buffer.from(text, 'base64').length >= 32, 'needs at least 32 bytes in base64 (openssl rand -base64 32)')
    .describe('master key: 32 bytes in base64 (openssl rand -base64 32); encrypts stored secrets'),
  WEIR_SETUP_TOKEN: z.string().min(16, 'needs at least 16 characters').optional().describe('one-time token that lets another machine complete the set-up'),
  WEIR_TRUSTED_PROXIES: z.string().refine((text) => listOf(text).every((one) => readRange(one) !== undefined), 'must be addresses or CIDRs, parted by commas')
    .default('').describe('comma-separated CIDRs whose X-Forwarded-For is believed'),
  WEIR_UPSTREAM_ALLOW: z.string().optional().describe('comma-separated private ranges that channels may point to (CIDR or CIDR:port); unset: loopback when WEIR_HOST is loopback, else none'),
  WEIR_API_RATE: z.coerce.number().int().min(0).max(1_000_000).default(180).describe('requests below /api in 180 s from one address; 0: no limit'),
  WEIR_COST_LIMITS: z.enum(['on', 'off']).default('on').describe('off: GraphQL operations are measured and never throttled'),
  WEIR_STATUS_CACHE_MS: z.coerce.number().int().min(0).max(60_000).default(1_000).describe('how long an answer of /api/status is used again'),
  WEIR_CONSOLE: z.string().default('admin-ui/dist').describe('folder of the built console'),
  WEIR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('least severity that is logged'),
  DATABASE_URL: address(/^postgres(ql)?:$/, 'postgres://user:password@host:port/database').describe('PostgreSQL 15 or later, as postgres://user:password@host:port/database'),
  REDIS_URL: address(/^rediss?:$/, 'redis://host:port').describe('Redis 7, Valkey 8 or later, as redis://host:port'),
});

export interface Config {
  host: string;
  port: number;
  /** Where SDK clients reach the relay, without a final slash. */
  relayUrl: string;
  publicUrl: string;
  /** Shares the session with its sub-domains; undefined: the host alone. */
  cookieDomain: string | undefined;
  dataFolder: string;
  masterKey: Buffer;
  setupToken: string | undefined;
  trustedProxies: readonly string[];
  /** CIDR, or CIDR:port. The relay reads the same variable and checks the address that it connects to. */
  upstreamAllow: readonly string[];
  /** Requests below /api in 180 s from one address; 0: no limit. */
  apiRate: number;
  /** Whether GraphQL operations draw on buckets that can be empty. */
  costLimits: boolean;
  /** How long an answer of /api/status is used again. */
  statusCacheMs: number;
  consoleFolder: string;
  logLevel: string;
  databaseUrl: string;
  redisUrl: string;
}

/** Whoever serves only this machine may use what runs on this machine: a local model, a mock provider. */
const loopback = ['127.0.0.0/8', '::1/128'];
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Returns the frozen configuration, or every fault at once, one sentence each. */
export function readConfig(environment: NodeJS.ProcessEnv): Config | { faults: string[] } {
  // An empty variable is one that somebody meant to leave out (as a number it would be 0), but an empty list is a list.
  const given = Object.entries(environment).filter(([name, value]) => value !== '' || name === 'WEIR_UPSTREAM_ALLOW');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) return { faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  const raw = parsed.data;
  const shownHost = raw.WEIR_HOST === '0.0.0.0' || raw.WEIR_HOST === '::' ? 'localhost' : raw.WEIR_HOST.includes(':') ? `[${raw.WEIR_HOST}]` : raw.WEIR_HOST;
  return Object.freeze({
    host: raw.WEIR_HOST,
    port: raw.WEIR_CONTROL_PORT,
    relayUrl: raw.WEIR_RELAY_URL?.replace(/\/+$/, '') ?? `http://${shownHost}:${raw.WEIR_RELAY_PORT}`,
    publicUrl: raw.WEIR_PUBLIC_URL ?? `http://${shownHost}:${raw.WEIR_CONTROL_PORT}`,
    cookieDomain: raw.WEIR_COOKIE_DOMAIN,
    dataFolder: raw.WEIR_DATA,
    masterKey: Buffer.from(raw.WEIR_MASTER_KEY, 'base64'),
    setupToken: raw.WEIR_SETUP_TOKEN,
    trustedProxies: listOf(raw.WEIR_TRUSTED_PROXIES),
    upstreamAllow: raw.WEIR_UPSTREAM_ALLOW === undefined ? (isLoopback(raw.WEIR_HOST) ? loopback : []) : listOf(raw.WEIR_UPSTREAM_ALLOW),
    apiRate: raw.WEIR_API_RATE,
    costLimits: raw.WEIR_COST_LIMITS === 'on',
    statusCacheMs: raw.WEIR_STATUS_CACHE_MS,
    consoleFolder: raw.WEIR_CONSOLE,
    logLevel: raw.WEIR_LOG_LEVEL,
    databaseUrl: raw.DATABASE_URL,
    redisUrl: raw.REDIS_URL,
  });
}

/** The table that `--help` prints: name, default, meaning with its unit. */
export function describeConfig(): string {
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const fallback = field.safeParse(undefined);
    return [name, fallback.success ? String(fallback.data ?? '(unset)') : '(required)', field.description ?? ''];
  });
  return rows.map(([name, fallback, meaning]) => `  ${name!.padEnd(22)} ${fallback!.padEnd(18)} ${meaning}`).join('\n');
}
