import { availableParallelism } from 'node:os';

/**
 * How many test files run at a time, each with a Redis of its own: channels of pub/sub are shared by all databases of one, and a relay
 * would count what another file's control plane says. Much of a test is waiting, so there is one for each core. With a Redis from
 * outside there is only that one.
 */
export const testWorkers: number = process.env.REDIS_URL ? 1 : Math.min(4, availableParallelism());
