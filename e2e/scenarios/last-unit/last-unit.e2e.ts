/** LED-08: of a fixed price c and a budget B exactly floor(B / c) requests succeed, however many ask at once at however many relays. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit, Books } from '../../harness/books.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { addChannel, makeToken, setOption, setUp } from '../../harness/steps.ts';
import { until } from '../../harness/until.ts';

/** 0.002 dollars a call. */
const model = 'per-call', price = 1_000;

let house: House, root: ControlClient, books: Books;

beforeAll(async () => {
  house = await openHouse({ relays: 3 });
  root = await setUp(house);
  books = new Books(house.services.databaseUrl);
  await setOption(root, 'ModelPrice', JSON.stringify({ [model]: 0.002 }));
  await addChannel(root, { name: 'one', type: 1, baseUrl: house.mock.url, models: [model], modelMapping: JSON.stringify({ [model]: 'gpt-4o+input:10+output:5' }) });
});
afterAll(() => house?.close());

async function ask(url: string, key: string): Promise<number | string> {
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, signal: AbortSignal.timeout(30_000),
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'the last unit' }] }),
  });
  const text = await answer.text();
  return answer.ok ? 200 : `${answer.status} ${/"code":\s*"([^"]+)"/.exec(text)?.[1] ?? text}`;
}

it.each([
  { units: 0.9, times: 20 },
  { units: 1, times: 30 },
  { units: 37.5, times: 120 },
  { units: 200, times: 300 },
])('a budget of $units prices: $times requests at once on three relays', async ({ units, times }) => {
  const { id, key } = await makeToken(root, { name: `budget ${units}`, unlimited: false, quota: String(Math.floor(units * price)) });
  await until('all relays know the key', 5_000, async () => {
    const known = await Promise.all(house.relays.map((relay) => fetch(`${relay.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })));
    return known.every((answer) => answer.ok);
  });
  const outcomes = await Promise.all(Array.from({ length: times }, (_, index) => ask(house.relays[index % 3]!.url, key)));
  const succeeded = outcomes.filter((outcome) => outcome === 200).length;
  expect(succeeded).toBe(Math.floor(units));
  await until('the budget agrees', 5_000, async () => (await books.account(`token:${id.replace("tok_", "")}`)).balance === Math.floor(units * price) - succeeded * price);
  expect(await audit(house.environment)).toMatchObject({ code: 0 });
});
