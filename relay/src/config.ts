/** Everything the environment may say to the relay, read once, checked as a whole. Nobody else reads it. */
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = (least: number, most: number) => z.coerce.number().min(least).max(most).transform((value) => Math.round(value * 1_000));
const mebibytes = (least: number, most: number) => z.coerce.number().min(least).max(most).transform((value) => Math.round(value * 1_048_576));
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));

const schema = z.object({
  WEIR_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  WEIR_RELAY_PORT: port.default(8080).describe('port of the relay'),
  WEIR_RELAY_WORKERS: z.coerce.number().int().min(1).max(256).default(1).describe('processes that share the port'),
  WEIR_DATA: z.string().default('.data').describe('data folder; worker n writes to relay-<n> in it'),
  WEIR_MASTER_KEY: z.base64().describe('master key: 32 bytes in base64 (openssl rand -base64 32); opens stored secrets'),
  REDIS_URL: z.string().describe('Redis 7, Valkey 8 or later, as redis://host:port'),
  WEIR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('least severity that is logged'),
  WEIR_UPSTREAM_ALLOW: list.optional().describe('comma-separated private ranges that channels may point to (CIDR or CIDR:port); unset: loopback when WEIR_HOST is loopback, else none'),
  WEIR_TRUSTED_PROXIES: list.default([]).describe('comma-separated CIDRs whose X-Forwarded-For is believed'),
  WEIR_BODY_LIMIT: mebibytes(0.01, 128).prefault(32).describe('largest JSON body, packed and unpacked, MiB'),
  WEIR_UPLOAD_LIMIT: mebibytes(0.01, 1_024).prefault(100).describe('largest form with files, MiB; it is passed on and not held in memory'),
  WEIR_CONNECT_TIMEOUT: seconds(0.1, 60).prefault(5).describe('until a connection to a provider stands, seconds'),
  WEIR_FIRST_BYTE_TIMEOUT: seconds(0.1, 600).prefault(60).describe('until a provider begins to answer, seconds'),
  WEIR_SILENCE_TIMEOUT: seconds(0.1, 3_600).prefault(120).describe('between two chunks of an answer, seconds'),
  WEIR_TOTAL_TIMEOUT: seconds(1, 86_400).prefault(3_600).describe('one whole attempt, seconds'),
  WEIR_STALL_TIMEOUT: seconds(0.1, 3_600).prefault(60).describe('a client that takes nothing of a waiting answer is dropped after, seconds'),
  WEIR_KEEP_ALIVE: seconds(0.1, 60).prefault(15).describe('comment lines on a silent stream each, seconds'),
  WEIR_DRAIN_DEADLINE: seconds(0, 3_600).prefault(300).describe('at SIGTERM, answers under way may take this long, seconds'),
  WEIR_DRAIN_OVERLAP: seconds(0, 60).prefault(5).describe('at SIGTERM, new requests are still taken for, seconds'),
  WEIR_STALE_LIMIT: seconds(1, 30 * 86_400).prefault(86_400).describe('a configuration without news for this long is refused, seconds'),
});

export interface Timeouts { connectMs: number; firstByteMs: number; silenceMs: number; totalMs: number }

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly dataFolder: string;
  readonly masterKey: Buffer;
  readonly redisUrl: string;
  readonly logLevel: string;
  /** CIDR, or CIDR:port. */
  readonly upstreamAllow: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  readonly timeouts: Readonly<Timeouts>;
  readonly stallMs: number;
  readonly keepAliveMs: number;
  readonly drainDeadlineMs: number;
  readonly drainOverlapMs: number;
  readonly staleLimitMs: number;
}

/** Limit of the header block of requests, in bytes (RLY-02). uWebSockets.js reads it from the environment when it is loaded. */
export function limitHeaderBlock(bytes: number): void {
  process.env['UWS_HTTP_MAX_HEADERS_SIZE'] = String(bytes);
}

const loopback = ['127.0.0.0/8', '::1/128'];
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Returns the frozen configuration, or every fault at once, one sentence each. */
export function readConfig(environment: NodeJS.ProcessEnv): Config | { faults: string[] } {
  const parsed = schema.safeParse(environment);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const masterKey = Buffer.from(environment['WEIR_MASTER_KEY'] ?? '', 'base64');
  if (masterKey.length < 32 && !faults.some((fault) => fault.startsWith('WEIR_MASTER_KEY'))) {
    faults.push('WEIR_MASTER_KEY: needs at least 32 bytes in base64 (openssl rand -base64 32)');
  }
  if (!parsed.success || faults.length > 0) return { faults };
  return Object.freeze({ ...fromRaw(parsed.data), masterKey });
}

function fromRaw(raw: z.output<typeof schema>): Omit<Config, 'masterKey'> {
  return {
    host: raw.WEIR_HOST,
    port: raw.WEIR_RELAY_PORT,
    workers: raw.WEIR_RELAY_WORKERS,
    dataFolder: raw.WEIR_DATA,
    redisUrl: raw.REDIS_URL,
    logLevel: raw.WEIR_LOG_LEVEL,
    upstreamAllow: raw.WEIR_UPSTREAM_ALLOW ?? (isLoopback(raw.WEIR_HOST) ? loopback : []),
    trustedProxies: raw.WEIR_TRUSTED_PROXIES,
    bodyBytes: raw.WEIR_BODY_LIMIT,
    uploadBytes: raw.WEIR_UPLOAD_LIMIT,
    timeouts: Object.freeze({
      connectMs: raw.WEIR_CONNECT_TIMEOUT, firstByteMs: raw.WEIR_FIRST_BYTE_TIMEOUT, silenceMs: raw.WEIR_SILENCE_TIMEOUT, totalMs: raw.WEIR_TOTAL_TIMEOUT,
    }),
    stallMs: raw.WEIR_STALL_TIMEOUT,
    keepAliveMs: raw.WEIR_KEEP_ALIVE,
    drainDeadlineMs: raw.WEIR_DRAIN_DEADLINE,
    drainOverlapMs: raw.WEIR_DRAIN_OVERLAP,
    staleLimitMs: raw.WEIR_STALE_LIMIT,
  };
}

const defaults: Record<string, string> = {
  WEIR_BODY_LIMIT: '32', WEIR_CONNECT_TIMEOUT: '5', WEIR_FIRST_BYTE_TIMEOUT: '60', WEIR_SILENCE_TIMEOUT: '120', WEIR_TOTAL_TIMEOUT: '3600',
  WEIR_STALL_TIMEOUT: '60', WEIR_KEEP_ALIVE: '15', WEIR_DRAIN_DEADLINE: '300', WEIR_DRAIN_OVERLAP: '5', WEIR_STALE_LIMIT: '86400',
};

/** The table that `--help` prints: name, default, meaning with its unit. */
export function describeConfig(): string {
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const fallback = field.safeParse(undefined);
    const shown = defaults[name] ?? (fallback.success ? String(fallback.data ?? '(unset)') || '(none)' : '(required)');
    return { name, shown, meaning: field.description ?? '' };
  });
  return rows.map(({ name, shown, meaning }) => `  ${name.padEnd(24)} ${shown.padEnd(12)} ${meaning}`).join('\n');
}
