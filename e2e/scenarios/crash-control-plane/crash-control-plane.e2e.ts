import { afterAll, beforeAll, expect, it } from 'vitest';
import { Books } from '../../harness/books.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { expectExactBooks } from '../../harness/expect-exact-books.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { Load } from '../../harness/load.ts';
import { addChannel, changeChannel, makeToken, setUp } from '../../harness/steps.ts';

/** (1000 + 200 × 4) × 1.25. */
const model = 'gpt-4o', price = 2_250;

let house: House, root: ControlClient, channel: string, credited: number;

beforeAll(async () => {
  house = await openHouse();
  root = await setUp(house);
  credited = (await new Books(house.services.databaseUrl).account('user:1')).balance;
  channel = await addChannel(root, {
    name: 'one', type: 1, baseUrl: house.mock.url, models: [model], modelMapping: JSON.stringify({ [model]: `${model}+input:1000+output:200+drip:2ms` }),
  });
});
afterAll(() => house?.close());

// A key with a budget of its own: it borrows for itself, so that leases are granted during the load.
it.each(['before-post', 'after-post', 'after-grant', 'before-publish'])('control plane dies %s: 0 lost, 0 double', async (point) => {
  const { key } = await makeToken(root, { name: point, unlimited: false, quota: String(2_000 * price) });
  await house.controlPlane.restart({ WEIR_CRASH_AT: `${point}:2` });
  const load = new Load({ name: point, relayUrls: [house.relay.url], key, model, clients: 6 });
  const touching = point === 'before-publish' ? (async () => {
    for (let weight = 0; house.controlPlane.isRunning(); weight++) await changeChannel(root, channel, { weight }).catch(() => {});
  })() : Promise.resolve();
  expect(await house.controlPlane.ended()).toBe('SIGKILL');
  await touching;
  await house.controlPlane.start();
  await load.moreCompleted(30, 20_000);
  const outcomes = await load.stop();
  console.log(`${point}: ${outcomes.length} requests, ${outcomes.length - load.completed()} broken`);
  await expectExactBooks(house, { outcomes, price, credited });
});
