/** A relay worker in this process: real sockets at both ends, a fixed picture, books instead of the ledger. */
import { tmpdir } from 'node:os';
import pino from 'pino';
import { type EdgeLimits, relayServer } from '../../app.ts';
import { ThoughtMemory } from '../../dialects/memory/thought-memory.ts';
import type { Server } from '../../edge/server.ts';
import type { BillingFigures } from '../../gql/types.gen.ts';
import type { FiguresAsked } from '../../link/figures-desk.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { CredentialReport } from '../../gql/types.gen.ts';
import { Affinity } from '../../routing/affinity.ts';
import { Admission } from '../../routing/admission.ts';
import { ChannelHealth } from '../../routing/channel-health.ts';
import { FaultReports } from '../../routing/fault-reports.ts';
import { ModelLimits } from '../../routing/model-limit.ts';
import { OwnCounter } from '../../routing/own-counter.ts';
import { ResponsePins } from '../../routing/response-pins.ts';
import { RetryBudget } from '../../routing/retry-budget.ts';
import { Turns } from '../../routing/turns.ts';
import { AccessTokens } from '../../signing/access-tokens.ts';
import { tokenPost } from '../attempt/token-post.ts';
import { systemClock } from '../../trace/clock.ts';
import type { Load } from '../../trace/load-watch.ts';
import { Stories } from '../../trace/stories.ts';
import { TimerWheel } from '../../trace/timer-wheel.ts';
import { mediaMime } from '../../dialects/request/media.ts';
import { EgressGuard } from '../../upstream/egress-guard.ts';
import { MediaFetch } from '../../upstream/media-fetch.ts';
import { MediaGuard } from '../../upstream/media-guard.ts';
import { SocketUpstream } from '../../upstream/socket-upstream.ts';
import type { UpstreamTimeouts } from '../../upstream/upstream.ts';
import { Deliveries } from '../delivery/deliveries.ts';
import type { Relay } from '../relay.ts';
import { Books } from './books.ts';
import { fixedSnapshot, lookup, type PictureData } from './fixed-snapshot.ts';

export interface TestWorker {
  url: string;
  port: number;
  books: Books;
  relay: Relay;
  server: Server;
  bugs: string[];
  reports: CredentialReport[];
  load: Load;
  ageMs: number;
  draining: boolean;
  spoolFill: number;
  show(data: PictureData | undefined): void;
  close(): Promise<void>;
}

export interface WorkerOptions { figures?: (asked: FiguresAsked) => BillingFigures | undefined; timeouts?: Partial<UpstreamTimeouts>; limits?: Partial<EdgeLimits>; chance?: () => number }

export async function startWorker(data: PictureData, options: WorkerOptions = {}): Promise<TestWorker> {
  let snapshot: Snapshot | undefined = fixedSnapshot(data);
  const books = new Books(), bugs: string[] = [];
  const timeouts = { connectMs: 1_000, firstByteMs: 2_000, silenceMs: 2_000, totalMs: 10_000, ...options.timeouts };
  const wheel = new TimerWheel(systemClock), upstream = new SocketUpstream({ clock: systemClock, wheel, guard: new EgressGuard(['127.0.0.0/8'], () => []) });
  const mediaGuard = new MediaGuard(() => snapshot?.settings.guards.fetch), mediaUpstream = new SocketUpstream({ clock: systemClock, wheel, guard: mediaGuard });
  const relay: Relay = {
    snapshots: { current: () => snapshot, settling: undefined, ageMs: () => worker.ageMs },
    desk: books,
    upstream, tokens: new AccessTokens(tokenPost(upstream, timeouts), () => systemClock.now()),
    timeouts, thoughts: new ThoughtMemory(() => systemClock.monotonic()), deliveries: new Deliveries(), stories: new Stories(64, () => systemClock.monotonic()),
    health: new ChannelHealth(() => 0), reports: new FaultReports((report) => worker.reports.push(report)), admission: new Admission(() => worker.load), limits: new ModelLimits(new OwnCounter(() => systemClock.monotonic()), new OwnCounter(() => 0), () => 1), media: new MediaFetch(mediaUpstream, mediaGuard, mediaMime), turns: new Turns(), affinity: new Affinity(() => systemClock.monotonic()), pins: new ResponsePins(undefined), retries: new RetryBudget(),
    lookup, uploads: tmpdir(), figures: (asked) => Promise.resolve(options.figures?.(asked)), clock: systemClock, wheel, chance: options.chance ?? (() => 0), staleLimitMs: 60_000,
    log: pino({ level: 'error' }, { write: (line: string) => { bugs.push(line); } }),
  };
  const server = relayServer(relay, { draining: () => worker.draining, spoolFill: () => worker.spoolFill }, {
    bodyBytes: 1 << 20, uploadBytes: 8 << 20, stallMs: 2_000, keepAliveMs: 60_000, trustedProxies: [], ...options.limits,
  });
  const port = await server.listen('127.0.0.1', 0) ?? 0;
  const worker: TestWorker = {
    url: `http://127.0.0.1:${port}`, port, books, relay, server, bugs, reports: [], load: 'fine', ageMs: 0, draining: false, spoolFill: 0,
    // What failed in an earlier picture rests no more: tests share a worker.
    show: (next) => { snapshot = next && fixedSnapshot(next); Object.assign(relay, { health: new ChannelHealth(() => 0) }); },
    close: async () => { server.stop(); await relay.upstream.close(); await mediaUpstream.close(); wheel.stop(); },
  };
  return worker;
}
