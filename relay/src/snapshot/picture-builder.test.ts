import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../trace/clock.ts';
import { DeltaChain } from './delta-chain.ts';
import { PictureBuilder } from './picture-builder.ts';
import { Picture } from './picture.ts';
import { SecretBox } from './secret-box.ts';
import { headOf } from './testing/head-of.ts';
import { channel, group, keyHashOf, price, sampleResources, settings, token, user } from './testing/sample-resources.ts';

const builder = new PictureBuilder(new SecretBox(randomBytes(32)), systemClock);
type Resources = ReadonlyMap<string, string>;

const texts = (resources: Iterable<readonly [string, unknown]>): Map<string, string> =>
  new Map([...resources].map(([key, body]) => [key, typeof body === 'string' ? body : JSON.stringify(body)]));
const build = (resources: Resources, version = 1) => builder.whole(headOf(resources, version), [...resources].flat());

async function good(resources: Resources, version = 1): Promise<Picture> {
  const picture = await build(resources, version);
  if (!(picture instanceof Picture)) throw new Error(picture.reason);
  return picture;
}

describe('a picture is refused whole when it has', () => {
  const id = 1;
  it.each([
    { name: 'two tokens with one key', bad: token(2, { keyHash: keyHashOf(1) }), says: 'token:2: another token has the same key' },
    { name: 'a negative price', bad: price('gpt-4o', { modelRatio: -1 }), says: 'price:gpt-4o: modelRatio' },
    { name: 'a price that is not whole', bad: price('gpt-4o', { completionRatio: 0.5 }), says: 'price:gpt-4o: completionRatio' },
    { name: 'an absurd price', bad: price('gpt-4o', { modelRatio: 1e15 }), says: 'price:gpt-4o: modelRatio' },
    { name: 'both kinds of price', bad: price('gpt-4o', { callPrice: 5 }), says: 'both a ratio and a price per call' },
    { name: 'no ratio where one must be', bad: ['price:gpt-4o', { ...price('gpt-4o')[1], cacheReadRatio: null }], says: 'price:gpt-4o: cacheReadRatio' },
    { name: 'a blank group', bad: user(1, { group: ' ' }), says: 'user:1: group must not be blank' },
    { name: 'null where a list must be', bad: ['channel:1', { ...channel(id)[1], models: null }], says: 'channel:1: models' },
    { name: 'an address that is none', bad: channel(1, { baseUrl: 'file:///etc/passwd' }), says: 'channel:1: baseUrl' },
    { name: 'an address rule that is none', bad: token(1, { allowIps: ['10.0.0.0/40'] }), says: 'token:1: allowIps' },
    { name: 'a model mapped twice', bad: channel(1, { modelMapping: [{ from: 'a', to: 'b' }, { from: 'a', to: 'c' }] }), says: 'maps a model twice' },
    { name: 'a body under the key of another', bad: ['group:vip', group('default')[1]], says: 'group:vip: its body names group:default' },
    { name: 'settings that divide by zero', bad: settings({ quotaPerUnit: 0 }), says: 'settings:site: quotaPerUnit' },
    { name: 'an unknown kind', bad: ['plugin:1', {}], says: 'plugin:1: no resource of this kind' },
    { name: 'a kind that every object has', bad: ['constructor:1', {}], says: 'no resource of this kind' },
    { name: 'a body that is not JSON', bad: ['user:1', '{"id":1'], says: 'user:1: is not JSON' },
    { name: 'a body that is too large', bad: ['user:1', `${' '.repeat(1_048_577)}1`], says: 'user:1: is larger than' },
    { name: 'a secret that does not open', bad: channel(1, { credentials: [{ id: 3, envelope: 'w1.1.AAAA.AAAA' }] }), says: 'credential 3 does not open' },
  ] as { name: string; bad: [string, unknown]; says: string }[])('$name', async ({ bad, says }) => {
    const before = await good(texts(sampleResources())), resources = texts([...sampleResources(), bad]);
    expect(await build(resources)).toMatchObject({ kind: 'invalid', reason: expect.stringContaining(says) });
    const delta = { head: headOf(resources, 2), upserts: texts([bad]), removals: new Set<string>() };
    expect(await builder.change(before, delta)).toMatchObject({ kind: 'invalid', reason: expect.stringContaining(says) });
    expect(before.tokenByHash(keyHashOf(1))?.id).toBe(1);
  });

  it('no settings', async () => {
    expect(await build(texts(sampleResources().slice(1)))).toMatchObject({ kind: 'invalid', reason: 'version 1: there are no settings' });
  });

  it('a shape that this relay does not know', async () => {
    const resources = texts(sampleResources());
    expect(await builder.whole({ ...headOf(resources, 1), schema: 2 }, [...resources].flat())).toMatchObject({ kind: 'invalid' });
  });

  it('a key twice', async () => {
    const twice = [...texts(sampleResources()), ...texts([user(1)])];
    expect(await builder.whole(headOf(twice, 1), twice.flat())).toMatchObject({ kind: 'invalid', reason: 'version 1: user:1: is there twice' });
  });
});

it('takes the tokens of a user away with the user', async () => {
  const before = await good(texts(sampleResources())), after = await good(texts(sampleResources().filter(([key]) => key !== 'user:1')));
  expect([before.tokenByHash(keyHashOf(1))?.id, after.tokenByHash(keyHashOf(1))]).toEqual([1, undefined]);
});

it('lets a token take over the key of another that goes in the same change', async () => {
  const before = await good(texts(sampleResources()));
  const upserts = texts([token(2, { keyHash: keyHashOf(1) })]);
  const resources = texts([...sampleResources().filter(([key]) => key !== 'token:1'), ...upserts]);
  const after = await builder.change(before, { head: headOf(resources, 2), upserts, removals: new Set(['token:1']) });
  expect(after instanceof Picture && after.tokenByHash(keyHashOf(1))?.id).toBe(2);
});

/** Everything that a request could ask of a picture over the small world of the property below. */
function answers(picture: Picture): unknown {
  const ids = [1, 2, 3, 4], names = ['a', 'b', 'c'];
  return {
    version: picture.version, hash: picture.hash, bytes: picture.indexes.bytes, sum: picture.indexes.sum,
    held: new Map([...picture.indexes.held.values()].map(({ key, body }) => [key, body])),
    tokens: ids.map((id) => picture.tokenByHash(keyHashOf(id))), users: ids.map((id) => picture.user(id)), channels: ids.map((id) => picture.channel(id)),
    prices: names.map((name) => picture.price(name)), groups: names.map((name) => picture.group(name)),
    routes: names.map((of) => [picture.modelsOf(of), ...names.map((model) => picture.channelsFor(of, model).map((one) => one.id))]),
  };
}

const id = fc.integer({ min: 1, max: 4 }), name = fc.constantFrom('a', 'b', 'c'), names = fc.subarray(['a', 'b', 'c']);
const resource = fc.oneof(
  fc.tuple(id, fc.boolean()).map(([of, unlimited]) => token(of, { unlimited })),
  id.map((of) => user(of)), name.map((of) => group(of)), name.map((of) => price(of)),
  fc.record({ priority: fc.nat(3), models: names, groups: names, status: fc.constantFrom('ENABLED' as const, 'DISABLED' as const) }).chain((change) => id.map((of) => channel(of, change))),
);
const edits = fc.array(fc.record({ upserts: fc.array(resource, { maxLength: 4 }), removals: fc.array(resource, { maxLength: 2 }) }), { minLength: 1, maxLength: 6 });

it('ends in the same picture whatever order, repetition and bundling the deltas come in', async () => {
  await fc.assert(fc.asyncProperty(edits, fc.infiniteStream(fc.nat(1_000)), async (steps, numbers) => {
    const resources = texts(sampleResources()), deltas = [];
    let picture = await good(resources);
    for (const [index, step] of steps.entries()) {
      const upserts = texts(step.upserts), removals = step.removals.map(([key]) => key).filter((key) => !upserts.has(key));
      for (const [key, body] of upserts) resources.set(key, body);
      for (const key of removals) resources.delete(key);
      const head = headOf(resources, index + 2);
      deltas.push({ head, base: index + 1, upserts: [...upserts].map(([key, body]) => ({ key, body })), removals: [...new Set(removals)] });
    }
    const chain = new DeltaChain(), pick = () => numbers.next().value;
    const told = [...deltas, ...deltas].map((delta) => ({ delta, at: pick() })).toSorted((one, other) => one.at - other.at);
    for (const { delta } of told) {
      expect(chain.offer(delta)).toBe(true);
      const change = pick() % 2 ? chain.take(picture.version) : undefined;
      if (change) {
        const next = await builder.change(picture, change);
        if (!(next instanceof Picture)) throw new Error(next.reason);
        picture = next;
      }
    }
    const rest = chain.take(picture.version), last = rest ? await builder.change(picture, rest) : picture;
    expect(last instanceof Picture && answers(last)).toEqual(answers(await good(resources, steps.length + 1)));
  }), { numRuns: 150 });
});
