/**
 * Builds every service and resolver once, from what the process has. A feature adds its lines to `buildServices`, in
 * the order of the features' arrows, and its resolver to `resolvers` in schema.ts.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { ContainerType } from 'type-graphql';
import type { Config } from '../config.ts';
import { SiteResolver } from '../features/site/site.resolver.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SecretBox } from '../kernel/secret-box.ts';
import type { Worker } from '../kernel/worker.ts';
import type { Events } from './pub-sub.ts';
import type { Authenticate } from './request-context.ts';
import { SocketWatch } from './socket-watch.ts';

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
  authenticate: Authenticate;
  sockets: SocketWatch;
}

export function buildServices(base: Foundation): Services {
  const sockets = new SocketWatch(async (principals) => new Set(principals), base.pubSub, base.log);
  return {
    resolvers: [new SiteResolver()],
    workers: [sockets],
    authenticate: async () => ({}),
    sockets,
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
