/**
 * Builds every service and resolver once, from what the process has. A feature adds its lines to `buildServices`, in
 * the order of the features' arrows, and its resolver to `resolvers` in schema.ts.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { ContainerType } from 'type-graphql';
import type { Config } from '../config.ts';
import { bulkJobs } from '../features/bulk/bulk-job.ts';
import { BulkUndoService } from '../features/bulk/bulk-undo.service.ts';
import { JobUndoResolver } from '../features/bulk/job-undo.resolver.ts';
import { BulkService } from '../features/bulk/bulk.service.ts';
import { channelBulk } from '../features/channel/bulk/channel-bulk.job.ts';
import { balanceJob } from '../features/channel/provider/balance.job.ts';
import { upstreamDetectJob } from '../features/channel/provider/upstream-detect.job.ts';
import { channelTestJob } from '../features/channel/test/channel-test.job.ts';
import type { Probe } from '../features/channel/test/try-channel.ts';
import { OverrideTestResolver } from '../features/channel/route/override-test.resolver.ts';
import { CredentialRevealResolver } from '../features/channel/credential/credential-reveal.resolver.ts';
import { CredentialRevealService } from '../features/channel/credential/credential-reveal.service.ts';
import { Egress } from '../features/egress/egress.ts';
import { exportJob } from '../features/export/export-job.ts';
import { namedRanges } from '../features/egress/named-ranges.ts';
import { AccountService } from '../features/ledger/account.service.ts';
import { BalanceSetter } from '../features/ledger/balance-setter.ts';
import { LedgerList } from '../features/ledger/ledger-list.ts';
import { LedgerResolver, ViewerLedgerResolver } from '../features/ledger/ledger.resolver.ts';
import { LedgerService } from '../features/ledger/ledger.service.ts';
import { QuotaAdjustService } from '../features/ledger/quota-adjust.service.ts';
import { logDeleteJob } from '../features/log/log-delete.job.ts';
import { RedeemService } from '../features/redemption/redeem.service.ts';
import { redemptionBulk } from '../features/redemption/redemption-bulk.ts';
import { RedemptionBulkResolver } from '../features/redemption/redemption-bulk.resolver.ts';
import { RedemptionLists } from '../features/redemption/redemption-list.ts';
import { RedemptionResolver } from '../features/redemption/redemption.resolver.ts';
import { RedemptionService } from '../features/redemption/redemption.service.ts';
import type { CaughtUp } from '../features/relay-link/caught-up.ts';
import { RelayResolver } from '../features/relay-link/relay.resolver.ts';
import { IntegrationKeyResolver } from '../features/integration-key/integration-key.resolver.ts';
import { IntegrationKeyService } from '../features/integration-key/integration-key.service.ts';
import { RegisteredDocumentResolver } from '../features/integration-key/registered-document.resolver.ts';
import { RoleResolver } from '../features/role/role.resolver.ts';
import { Callers } from '../features/session/callers.ts';
import { SecondStep } from '../features/session/second-step.ts';
import { SessionResolver, ViewerSessionsResolver } from '../features/session/session.resolver.ts';
import { SessionService } from '../features/session/session.service.ts';
import { SignInLimits } from '../features/session/sign-in-limits.ts';
import { SignInService } from '../features/session/sign-in.service.ts';
import { SetupResolver } from '../features/setup/setup.resolver.ts';
import { SetupService } from '../features/setup/setup.service.ts';
import { AnnouncementResolver } from '../features/site/announcement.resolver.ts';
import { ContentResolver } from '../features/site/content.resolver.ts';
import { SiteDisplayResolver } from '../features/site/site-display.resolver.ts';
import { SystemResolver } from '../features/site/system.resolver.ts';
import { UptimePages } from '../features/site/uptime.ts';
import { UptimeResolver } from '../features/site/uptime.resolver.ts';
import { SiteResolver } from '../features/site/site.resolver.ts';
import { TokenBudgets } from '../features/token/token-budgets.ts';
import { tokenBulk } from '../features/token/token-bulk.ts';
import { TokenBulkResolver } from '../features/token/token-bulk.resolver.ts';
import { TokenKeyStore } from '../features/token/token-key-store.ts';
import { TokenLists } from '../features/token/token-list.ts';
import { TokenResolver, ViewerTokensResolver } from '../features/token/token.resolver.ts';
import { TokenService } from '../features/token/token.service.ts';
import { userBulk } from '../features/user/user-bulk.ts';
import { UserBulkResolver } from '../features/user/user-bulk.resolver.ts';
import { UserStandingService } from '../features/user/user-standing.service.ts';
import { UserWriter } from '../features/user/user-writer.ts';
import { UserResolver } from '../features/user/user.resolver.ts';
import { UserService } from '../features/user/user.service.ts';
import { WalletBalances } from '../features/user/wallet-balances.ts';
import { ViewerResolver } from '../features/viewer/viewer.resolver.ts';
import type { Clock } from '../kernel/running/clock.ts';
import { Cursors } from '../kernel/list/cursors.ts';
import type { Events } from '../kernel/running/events.ts';
import { InFlight } from '../kernel/http/in-flight.ts';
import { RateLimits } from '../kernel/rate-limits.ts';
import type { RawRoute } from '../kernel/http/raw-route.ts';
import { deriveKey, type SecretBox } from '../kernel/secret-box.ts';
import { KeptValues } from '../kernel/running/kept.ts';
import type { Worker } from '../kernel/running/worker.ts';
import { accountSide } from './sides/account-side.ts';
import { auditSide } from './sides/audit-side.ts';
import { buildCatalogue } from './catalogue.ts';
import { exportSide } from './sides/export-side.ts';
import { factorSide } from './sides/factor-side.ts';
import { identitySide } from './sides/identity-side.ts';
import { jobSide } from './sides/job-side.ts';
import { CostBucket } from './limits/cost-bucket.ts';
import { RateLimitResolver } from './limits/rate-limit.resolver.ts';
import { logExport } from '../features/log/export/log-export.route.ts';
import { liveSide } from './sides/live-side.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { logSide } from './sides/log-side.ts';
import { statisticsSide } from './sides/statistics-side.ts';
import { paymentSide } from './sides/payment-side.ts';
import { providerRooms } from './provider-rooms.ts';
import { relaySide } from './sides/relay-side.ts';
import type { Authenticate } from './request-context.ts';
import { SocketWatch } from './socket/socket-watch.ts';

/** What a process has before any service: made by main.ts, and by the tests' door. */
export interface Foundation {
  orm: MikroORM;
  clock: Clock;
  /** Commands fail within two seconds; whoever blocks on a stream or subscribes takes `redis.duplicate()`. */
  redis: Redis;
  pubSub: Events;
  config: Config;
  secretBox: SecretBox;
  log: Logger;
}

export interface Services {
  /** One of each resolver class. */
  resolvers: object[];
  /** Started in this order, stopped in the reverse one. */
  workers: Worker[];
  /** What is no GraphQL field: redirects and payment notices. */
  rawRoutes: RawRoute[];
  authenticate: Authenticate;
  sockets: SocketWatch;
  /** Buckets that all doors draw on. */
  limits: RateLimits;
  /** Points of GraphQL operations. */
  bucket: CostBucket;
  inFlight: InFlight;
  caughtUp: CaughtUp;
  /** What is kept of what a mutation may change. */
  kept: KeptValues;
}

export function buildServices(base: Foundation): Services {
  const { orm, clock, redis, pubSub, config, log } = base;
  const cursors = new Cursors(deriveKey(config.masterKey, 'cursor'));
  const inFlight = new InFlight(), kept = new KeptValues();
  const limits = new RateLimits(redis, clock, config.apiRate);
  const accounts = new AccountService(), ledger = new LedgerService(clock);
  const lookupKey = deriveKey(config.masterKey, 'token-lookup');
  const callers = new Callers(orm, clock, lookupKey);
  const userWriter = new UserWriter(pubSub), account = accountSide(base, { accounts, ledger, limits, writer: userWriter, cursors });
  const keys = new TokenKeyStore(base.secretBox, lookupKey), budgets = new TokenBudgets(accounts), tokenLists = new TokenLists(cursors, keys);
  const tokens = new TokenService({ keys, budgets, ledger, limits, log });
  const relay = relaySide(base), statements = new LedgerList(cursors);
  const egress = new Egress(namedRanges(orm, config.upstreamAllow));
  const probe: Probe = (...asked) => relay.probes.probe(...asked);
  const providers = providerRooms(base, (question, account) => relay.probes.inquire(question, account));
  const usersBulk = userBulk(pubSub), jobs = jobSide(base, cursors, [balanceJob(providers.balance), ...bulkJobs(channelBulk), ...bulkJobs(tokenBulk), ...bulkJobs(usersBulk), ...bulkJobs(redemptionBulk), channelTestJob(probe), logDeleteJob, upstreamDetectJob(providers.fetch)], [exportJob]), logs = logSide(base, cursors, jobs);
  const bulk = new BulkService(jobs.service), undoing = new BulkUndoService(jobs.service), exports = exportSide(base, cursors, jobs);
  const payments = paymentSide(base, { ledger, egress: account.egress, cursors, tellLogs: relay.tellLogs });
  const audit = auditSide(base, cursors), live = liveSide(base, cursors);
  const factors = factorSide(base, limits, relay.tellLogs), secondStep = new SecondStep(factors.codes);
  const sessions = new SessionService(pubSub), signIns = new SignInService(new SignInLimits(limits), secondStep, pubSub, account.humans);
  const adjustments = new QuotaAdjustService(ledger, relay.tellLogs);
  const users = new UserService(userWriter, new BalanceSetter(ledger, adjustments)), standing = new UserStandingService(userWriter, relay.tellLogs);
  const sockets = new SocketWatch((principals) => callers.stillValid(principals), pubSub, log);
  const site = new SiteResolver(config.relayUrl, config.publicUrl, clock.now());
  return {
    resolvers: [
      new NodeResolver(),
      new RateLimitResolver(),
      new IntegrationKeyResolver(new IntegrationKeyService(pubSub)),
      ...statisticsSide(cursors, config.relayUrl),
      ...account.resolvers,
      ...payments.resolvers,
      new JobUndoResolver(),
      new RedemptionBulkResolver(bulk, undoing),
      new TokenBulkResolver(tokenLists, bulk, undoing),
      new UserBulkResolver(usersBulk, bulk, undoing),
      ...audit.resolvers,
      ...live.resolvers,
      ...buildCatalogue(base, { cursors, probe, jobs: jobs.service, bulk, undoing, egress, providers, kept }),
      ...jobs.resolvers,
      new OverrideTestResolver(relay.probes),
      new LedgerResolver(statements, adjustments),
      new ViewerLedgerResolver(statements),
      ...logs.resolvers,
      ...exports.resolvers,
      new RedemptionResolver(new RedemptionService(), new RedemptionLists(cursors), new RedeemService(ledger, limits, relay.tellLogs)),
      new RelayResolver(relay.registry),
      new RegisteredDocumentResolver(),
      new RoleResolver(),
      new SessionResolver(signIns, secondStep, sessions),
      new SetupResolver(new SetupService(ledger, config.setupToken)),
      new AnnouncementResolver(),
      new ContentResolver(site),
      new SiteDisplayResolver(),
      new SystemResolver(inFlight),
      new UptimeResolver(new UptimePages(clock, egress)),
      site,
      ...factors.resolvers,
      ...identitySide(base, { ...account, ...factors, limits, secondStep, writer: userWriter }),
      new CredentialRevealResolver(new CredentialRevealService({ box: base.secretBox, limits, tell: relay.tellLogs })),
      new TokenResolver(tokens, tokenLists, budgets, keys),
      new UserResolver(users, standing, new WalletBalances(accounts), cursors),
      new ViewerResolver(),
      new ViewerSessionsResolver(sessions),
      new ViewerTokensResolver(tokenLists),
    ],
    caughtUp: relay.caughtUp,
    kept,
    workers: [sockets, ...account.workers, ...relay.workers, ...logs.workers, ...exports.workers, ...jobs.workers, ...audit.workers, ...live.workers],
    rawRoutes: [logExport(() => orm.em.fork(), log), ...exports.rawRoutes, ...payments.rawRoutes],
    authenticate: (ctx) => callers.authenticate(ctx),
    sockets,
    limits,
    bucket: new CostBucket(redis, clock, config.costLimits),
    inFlight,
  };
}

/** Gives type-graphql the instances; a resolver that nobody built is a fault of `buildServices`, told at its first use. */
export function containerOf(instances: readonly object[]): ContainerType {
  const byClass = new Map<unknown, object>(instances.map((instance) => [instance.constructor, instance]));
  return {
    get(wanted: unknown): object {
      const instance = byClass.get(wanted);
      if (!instance) throw new Error(`No instance of ${typeof wanted === 'function' ? wanted.name : String(wanted)}: build it in server/services.ts`);
      return instance;
    },
  };
}
