/** Builds one relay worker from the real parts, and takes it down again. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { relayServer } from './app.ts';
import type { Config } from './config.ts';
import { Drain } from './drain.ts';
import { CannotStart } from './failure/cannot-start.ts';
import { MessageSeal } from './link/message-seal.ts';
import { ResponsePins } from './routing/response-pins.ts';
import { FleetPins } from './link/fleet-pins.ts';
import { FleetCounter } from './link/fleet-counter.ts';
import { figuresDesk } from './link/figures-desk.ts';
import { RedisLink } from './link/redis-link.ts';
import { takeIdentity } from './link/relay-identity.ts';
import { Wires } from './link/wires.ts';
import { Deliveries } from './pipeline/delivery/deliveries.ts';
import { inquirer } from './pipeline/operator/inquiry.ts';
import { ThoughtMemory } from './dialects/memory/thought-memory.ts';
import { prober } from './pipeline/operator/probe.ts';
import type { Relay } from './pipeline/relay.ts';
import { announcedProviders } from './providers/provider-list.ts';
import { openMoney } from './quota/money.ts';
import { systemTiming } from './quota/timing.ts';
import { Affinity } from './routing/affinity.ts';
import { Admission } from './routing/admission.ts';
import { ChannelHealth } from './routing/channel-health.ts';
import { FaultReports } from './routing/fault-reports.ts';
import { ModelLimits } from './routing/model-limit.ts';
import { OwnCounter } from './routing/own-counter.ts';
import { RetryBudget } from './routing/retry-budget.ts';
import { SecretBox } from './snapshot/secret-box.ts';
import { Turns } from './routing/turns.ts';
import { SnapshotFeed } from './snapshot/snapshot-feed.ts';
import { tokenLookup } from './snapshot/token-lookup.ts';
import { systemClock } from './trace/clock.ts';
import { tokenPost } from './pipeline/attempt/token-post.ts';
import { AccessTokens } from './signing/access-tokens.ts';
import { LoadWatch } from './trace/load-watch.ts';
import { Stories } from './trace/stories.ts';
import { TimerWheel } from './trace/timer-wheel.ts';
import { mediaMime } from './dialects/request/media.ts';
import { EgressGuard } from './upstream/egress-guard.ts';
import { MediaFetch } from './upstream/media-fetch.ts';
import { MediaGuard } from './upstream/media-guard.ts';
import { SocketUpstream } from './upstream/socket-upstream.ts';
import { claimFolder } from './usage/folder-claim.ts';

const checkpointMs = 2_500;
const rememberedStories = 512;
const noneListed: readonly string[] = [];

export interface Worker {
  readonly port: number;
  /** Drains and resolves when everything is settled and shipped, or stays in the spool. Called again, it waits no longer. */
  stop(): Promise<void>;
}

/** @param number of the worker, from 1: its folder. Throws `CannotStart`. */
export async function startWorker(config: Config, number: number, log: Logger): Promise<Worker> {
  const folder = join(config.dataFolder, `relay-${number}`), random = Math.random, clock = systemClock, wheel = new TimerWheel(clock);
  const lines = { info: (line: string) => log.info(line), warn: (line: string) => log.warn(line) };
  const release = await claimFolder(folder);
  if (typeof release === 'string') throw new CannotStart(release);
  const identity = await takeIdentity(folder);
  const seal = new MessageSeal(config.masterKey);
  const wires = new Wires({ redisUrl: config.redisUrl, random, log: lines });
  const link = new RedisLink(wires, seal, identity, clock);
  const feed = await SnapshotFeed.start({
    wires, seal, masterKey: config.masterKey, folder: join(folder, 'snapshot'), clock, random, log: lines, report: (state) => link.setState(state),
  });
  const money = openMoney({ folder, link, timing: systemTiming, nonce: randomUUID, report: (event, detail) => log.warn({ event }, detail) });
  const upstream = new SocketUpstream({ clock, wheel, guard: new EgressGuard(config.upstreamAllow, () => feed.current()?.settings.privateUpstreams ?? noneListed) });
  const mediaGuard = new MediaGuard(() => feed.current()?.settings.guards.fetch), mediaUpstream = new SocketUpstream({ clock, wheel, guard: mediaGuard });
  const counter = new FleetCounter(wires);
  const loadWatch = new LoadWatch(() => feed.current()?.settings.guards);
  const relay: Relay = {
    snapshots: feed, desk: money.desk, upstream, timeouts: config.timeouts, tokens: new AccessTokens(tokenPost(upstream, config.timeouts), () => clock.now()), thoughts: new ThoughtMemory(() => clock.monotonic()),
    health: new ChannelHealth(random), reports: new FaultReports((report) => void link.append('weir:reports', report)), admission: new Admission(() => loadWatch.load), limits: new ModelLimits(counter, new OwnCounter(() => clock.monotonic()), () => counter.relays), media: new MediaFetch(mediaUpstream, mediaGuard, mediaMime), turns: new Turns(), affinity: new Affinity(() => clock.monotonic()), pins: new ResponsePins(new FleetPins(wires)), retries: new RetryBudget(),
    deliveries: new Deliveries(), stories: new Stories(rememberedStories, () => clock.monotonic()), lookup: tokenLookup(config.masterKey), uploads: folder, figures: figuresDesk(link, randomUUID), clock, wheel, chance: random,
    staleLimitMs: config.staleLimitMs, log,
  };
  const drain = new Drain(config.drainOverlapMs, config.drainDeadlineMs);
  const server = relayServer(relay, { draining: () => drain.begun, spoolFill: () => money.level().fill }, config);
  const port = await server.listen(config.host, config.port);
  if (port === undefined) throw new CannotStart(`${config.host}:${config.port} is taken by another program, or not an address of this machine (WEIR_HOST, WEIR_RELAY_PORT).`);
  const checkpoints = setInterval(() => relay.deliveries.checkpoint(), checkpointMs).unref();
  link.answerProbes(prober(relay), inquirer(relay, new SecretBox(config.masterKey)), (error) => log.error({ err: error }, 'a test of a channel broke'));
  link.setState({ address: `http://${config.host}:${port}`, providers: announcedProviders(), unshipped: money.level().unshipped });
  log.info({ port, relayId: identity.id, epoch: identity.epoch }, 'listening');
  const takeDown = async (): Promise<void> => {
    await drain.run(server, relay);
    clearInterval(checkpoints);
    loadWatch.stop();
    await money.close(5_000);
    await feed.stop();
    await link.close();
    await upstream.close();
    await mediaUpstream.close();
    wheel.stop();
    server.stop();
    release();
  };
  let down: Promise<void> | undefined;
  return { port, stop: () => { if (down) drain.hurry(); return down ??= takeDown(); } };
}
