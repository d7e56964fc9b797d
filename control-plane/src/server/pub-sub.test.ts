import { afterAll, beforeAll, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { testRedis } from '../../../scripts/testing/database.ts';
import type { Events } from '../kernel/running/events.ts';
import { redisEvents } from './pub-sub.ts';

const log = pino({ level: 'silent' }), url = testRedis(), connections: Redis[] = [];

function instance(prefix: string): { events: Events; publisher: Redis; subscriber: Redis } {
  const publisher = new Redis(url, { maxRetriesPerRequest: 0, commandTimeout: 500 }), subscriber = new Redis(url);
  connections.push(publisher, subscriber);
  return { events: redisEvents(publisher, subscriber, prefix, log), publisher, subscriber };
}

let one: ReturnType<typeof instance>, other: ReturnType<typeof instance>, stranger: ReturnType<typeof instance>;
beforeAll(() => { [one, other, stranger] = [instance('pair:'), instance('pair:'), instance('alone:')]; });
afterAll(() => { for (const connection of connections) connection.disconnect(); });

/** The next event; the subscription stands when this resolves the first time. */
async function listen({ events, subscriber }: ReturnType<typeof instance>, topic: string): Promise<() => Promise<unknown>> {
  const iterator = events.subscribe(topic)[Symbol.asyncIterator]();
  const first = iterator.next();
  await subscriber.ping();
  let isFirst = true;
  return async () => { const step = isFirst ? await first : await iterator.next(); isFirst = false; return step.value; };
}

it('reaches every instance, and nobody of another prefix', async () => {
  const [here, there] = [await listen(one, 'news'), await listen(other, 'news')];
  let leaked = false;
  void listen(stranger, 'news').then((next) => next()).then(() => { leaked = true; });
  one.events.publish('news', { number: 7 });
  expect(await Promise.all([here(), there()])).toEqual([{ number: 7 }, { number: 7 }]);
  expect(leaked).toBe(false);
});

it('outlives a message that is no JSON', async () => {
  const next = await listen(one, 'odd');
  await one.publisher.publish('pair:odd', '{');
  one.events.publish('odd', 'fine');
  expect(await next()).toBe('fine');
});

it('tells this instance itself while Redis is away', async () => {
  const next = await listen(one, 'local');
  one.publisher.disconnect();
  one.events.publish('local', 1);
  expect(await next()).toBe(1);
});
