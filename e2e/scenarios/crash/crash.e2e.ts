import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Books } from '../../harness/books.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { expectExactBooks } from '../../harness/expect-exact-books.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { Load } from '../../harness/load.ts';
import { addChannel, changeChannel, makeToken, setUp } from '../../harness/steps.ts';

/** (1000 + 200 × 4) × 1.25, streamed over some 12 frames of 2 ms. */
const model = 'gpt-4o', price = 2_250;
const mapping = JSON.stringify({ [model]: `${model}+input:1000+output:200+drip:2ms` });

let house: House, root: ControlClient, channel: string, key: string, credited: number, loads = 0;

beforeAll(async () => {
  house = await openHouse({ ownPostgres: true });
  root = await setUp(house);
  credited = (await new Books(house.services.databaseUrl).account('user:1')).balance;
  channel = await addChannel(root, { name: 'one', type: 1, baseUrl: house.mock.url, models: [model], modelMapping: mapping });
  ({ key } = await makeToken(root, { name: 'load', unlimited: true }));
});
afterAll(() => house?.close());
/** Each case begins with everything running, whatever became of the one before it. */
beforeEach(async () => {
  await house.services.mend();
  for (const one of [house.controlPlane, house.relay]) if (!one.isRunning()) await one.start();
});

const startLoad = (): Load => new Load({ name: `load-${++loads}`, relayUrls: [house.relay.url], key, model, clients: 6 });

/** Runs `hurt` in the middle of a load and claims exact books when the load has recovered and ended. */
async function underLoad(hurt: (load: Load) => Promise<void>): Promise<void> {
  const load = startLoad();
  await hurt(load).catch(async (error: unknown) => { await load.stop(); throw error; });
  await load.moreCompleted(30, 20_000);
  const outcomes = await load.stop();
  console.log(`${outcomes.length} requests, ${load.completed()} whole, ${outcomes.length - load.completed()} broken`);
  await expectExactBooks(house, { outcomes, price, credited });
}

it.each(['before-reserve', 'after-reserve', 'after-dispatch', 'mid-stream', 'before-settle', 'after-settle', 'before-ack'])('relay dies %s: 0 lost, 0 double', async (point) => {
  await house.relay.restart({ WEIR_CRASH_AT: `${point}:25` });
  await underLoad(async () => {
    expect(await house.relay.ended()).toBe('SIGKILL');
    await house.relay.start();
  });
});

it('relay dies while it writes a snapshot: the last good one is used, 0 lost, 0 double', async () => {
  await house.relay.restart({ WEIR_CRASH_AT: 'during-snapshot-write:2' });
  await underLoad(async () => {
    for (let round = 0; house.relay.isRunning(); round++) {
      await changeChannel(root, channel, { weight: round });
      await Promise.race([house.relay.ended(), new Promise((resolve) => { setTimeout(resolve, 500); })]);
    }
    await house.relay.start();
  });
});

it('relay is killed at any moment, three times: 0 lost, 0 double', async () => {
  await underLoad(async (load) => {
    for (let round = 0; round < 3; round++) {
      await load.moreCompleted(20 + round * 7, 10_000);
      await house.relay.kill();
      await house.relay.start();
    }
  });
});

it('control plane is killed: requests go on, 0 lost, 0 double', async () => {
  await underLoad(async (load) => {
    await load.moreCompleted(30, 10_000);
    await house.controlPlane.kill();
    await load.moreCompleted(100, 5_000);
    await house.controlPlane.start();
  });
});

it('PostgreSQL is killed: requests go on, 0 lost, 0 double', async () => {
  await underLoad(async (load) => {
    await load.moreCompleted(30, 10_000);
    await house.services.postgres!.kill();
    await load.moreCompleted(100, 5_000);
    await house.services.postgres!.start();
    await house.controlPlane.ready();
  });
});

it('Redis forgets everything, again and again: requests go on, 0 lost, 0 double', async () => {
  await underLoad(async (load) => {
    for (let round = 0; round < 5; round++) {
      await load.moreCompleted(30, 10_000);
      await house.services.flushRedis();
    }
  });
});

it('Redis is killed and comes back empty: requests go on, 0 lost, 0 double', async () => {
  await underLoad(async (load) => {
    await load.moreCompleted(30, 10_000);
    await house.services.redis.kill();
    await load.moreCompleted(100, 5_000);
    await house.services.redis.start();
  });
});

it('everything is killed at once: 0 lost, 0 double', async () => {
  const load = startLoad();
  await load.moreCompleted(40, 10_000);
  await Promise.all([house.relay.kill(), house.controlPlane.kill(), house.services.postgres!.kill(), house.services.redis.kill()]);
  const outcomes = await load.stop();
  await Promise.all([house.services.postgres!.start(), house.services.redis.start()]);
  await house.controlPlane.start();
  await house.relay.start();
  await expectExactBooks(house, { outcomes, price, credited });
});
