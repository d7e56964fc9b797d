/** `pnpm bench --api`: what requests of the management plane cost its process, in CPU microseconds as the kernel counts them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../root.ts';
import { freePort, stopChild } from '../services/child.ts';
import { startPostgres } from '../services/postgres.ts';
import { startRedis } from '../services/redis.ts';
import { cpuMicros } from './cpu.ts';
import { gatewayCore, spawnPinned } from './pinned.ts';
import { until } from './target.ts';

interface Answer { status: number; cookies: string[]; text: string }
type Headers = Record<string, string>;
type Call = (method: string, path: string, headers?: Headers, body?: string) => Promise<Answer>;

function callerOf(port: number): Call {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return (method, path, headers = {}, body) => new Promise((resolve, reject) => {
    const bodyHeaders = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ host: '127.0.0.1', port, method, path, agent, headers: { ...bodyHeaders, ...headers } }, (message) => {
      let text = '';
      message.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => resolve({ status: message.statusCode ?? 0, cookies: message.headers['set-cookie'] ?? [], text }));
    });
    sent.on('error', reject).end(body);
  });
}

/** Eight at a time, as a browser would. The lowest of some rounds: what other processes take from the caches only adds. */
async function cost(pid: number, count: number, one: () => Promise<Answer>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 4; round++) {
    const before = cpuMicros([pid]);
    let left = count;
    await Promise.all(Array.from({ length: 8 }, async () => {
      while (left-- > 0) {
        const { status, text } = await one();
        if (status !== 200 || text.includes('"errors"')) throw new Error(`${status} ${text.slice(0, 300)}`);
      }
    }));
    if (round > 0) best = Math.min(best, (cpuMicros([pid]) - before) / count);
  }
  return best;
}

async function measureAll(call: Call, pid: number): Promise<void> {
  const login = JSON.stringify({ username: 'root', password: 'correct-horse-battery' });
  const graphql = (query: string, headers: Headers) => call('POST', '/graphql', { 'x-requested-with': 'weir-bench', ...headers }, JSON.stringify({ query, variables: { input: JSON.parse(login) as object } }));
  await graphql('mutation ($input: SetupInput!) { setupComplete(input: $input) { userErrors { message } } }', {});
  const signedIn = await call('POST', '/api/user/login', {}, login), session = { cookie: signedIn.cookies[0]!.split(';')[0]!, 'new-api-user': String((JSON.parse(signedIn.text) as { data: { id: number } }).data.id) };
  const { text } = await call('GET', '/api/user/token', session), access = { authorization: (JSON.parse(text) as { data: string }).data, 'new-api-user': session['new-api-user'] };
  // What the REST form asks for, so that the difference is the form's own.
  const groups = '{ selectableGroups { name } }', self = `{ viewer { user { legacyId username displayName role status email group quota usedQuota requestCount sidebarModules stripeCustomer
    notifySetting { channel lowQuotaThreshold email webhookUrl barkUrl gotifyUrl gotifyPriority acceptUnpricedModels recordIp } invite { code count pending lifetime inviterId } bindings { kind subject } } } }`;
  const page = `{ viewer { tokens(first: 10, offset: 0) { nodes { legacyId ownerId key maskedKey status name createdAt accessedAt expiresAt remaining unlimited models allowIps usedQuota group crossGroupRetry } totalCount { value } } } }`;
  const cases: [string, () => Promise<Answer>][] = [
    ['GET /livez', () => call('GET', '/livez')],
    ['GET /api/status', () => call('GET', '/api/status')],
    ['GET /api/user/groups, nobody', () => call('GET', '/api/user/groups')],
    ['GET /api/user/groups, session', () => call('GET', '/api/user/groups', session)],
    ['GET /api/user/groups, access token', () => call('GET', '/api/user/groups', access)],
    ['GraphQL groups, session', () => graphql(groups, session)],
    ['GET /api/user/self, session', () => call('GET', '/api/user/self', session)],
    ['GraphQL self, session', () => graphql(self, session)],
    ['GET /api/token/, session', () => call('GET', '/api/token/?p=1&page_size=10', session)],
    ['GraphQL the same page, session', () => graphql(page, session)],
  ];
  for (const [name, one] of cases) console.log(`${name.padEnd(38)} ${(await cost(pid, 2_000, one)).toFixed(0).padStart(5)} µs`);
}

/** @param profile a folder for a CPU profile of the process */
export async function benchApi(profile: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-')), stops: (() => Promise<void>)[] = [];
  if (profile) mkdirSync(profile, { recursive: true });
  try {
    const postgres = await startPostgres(join(folder, 'postgres'), { own: true, throwaway: true });
    stops.push(() => postgres.stop());
    const redis = await startRedis(join(folder, 'redis'), { own: true, throwaway: true });
    stops.push(() => redis.stop());
    const port = await freePort(), flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
    const environment = {
      ...process.env, NODE_ENV: 'production', WEIR_DATA: folder, WEIR_HOST: '127.0.0.1', WEIR_CONTROL_PORT: String(port), WEIR_MASTER_KEY: randomBytes(32).toString('base64'),
      WEIR_API_RATE: '0', WEIR_COST_LIMITS: 'off', DATABASE_URL: postgres.url, REDIS_URL: redis.url,
    };
    const child = spawnPinned(gatewayCore, [process.execPath, ...flags, join(root, 'control-plane/dist/release/main.js')], environment, join(folder, 'control-plane.log'));
    stops.push(() => stopChild(child, 'SIGTERM'));
    const call = callerOf(port);
    await until('the control plane is ready', 30_000, async () => (await call('GET', '/readyz')).status === 200);
    await measureAll(call, child.pid!);
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
