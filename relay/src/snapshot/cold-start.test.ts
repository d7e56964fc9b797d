import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { MessageSeal } from '../link/message-seal.ts';
import { start, startedWith, tidyUp } from './testing/feed-bench.ts';
import { channel, keyHashOf, sampleResources, token } from './testing/sample-resources.ts';
import { sealCredential } from './testing/seal-secret.ts';

afterEach(tidyUp);

describe('with Redis and everything else gone, a cold relay', () => {
  async function stored() {
    const relay = await startedWith(sampleResources());
    await relay.publisher.publish({ upserts: [channel(1, { credentials: [{ id: 9, envelope: sealCredential(relay.masterKey, 9, 'sk-upstream') }] })] });
    await relay.reaches(2);
    const file = (name: string) => join(relay.folder, `${name}.snapshot`);
    await eventually(() => readFile(file('newest')));
    await relay.publisher.publish({ upserts: [token(2)] });
    await relay.reaches(3);
    await eventually(() => readFile(file('previous')));
    await relay.stop();
    relay.proxy.freeze();
    return { ...relay, file };
  }

  it('serves its last good picture, which holds no open secret', async () => {
    const relay = await stored();
    const { feed, lines } = await start(relay);
    expect(feed.current()?.version).toBe(3);
    expect(feed.current()?.tokenByHash(keyHashOf(2))?.id).toBe(2);
    expect(feed.current()?.channel(1)?.credentials).toEqual([{ id: 9, secret: 'sk-upstream' }]);
    expect(await readFile(relay.file('newest'), 'utf8')).not.toContain('sk-upstream');
    expect(feed.ageMs()).toBeLessThan(10_000);
    expect(lines[0]).toBe('snapshot: version 3 from disk (7 resources)');
  });

  it.each([
    { name: 'cut short', damage: (bytes: Buffer) => bytes.subarray(0, bytes.length - 100) },
    { name: 'empty', damage: () => Buffer.alloc(0) },
    { name: 'with one bit flipped', damage: (bytes: Buffer) => { bytes[300]! ^= 4; return bytes; } },
  ])('falls back to the previous one when the newest is $name', async ({ damage }) => {
    const relay = await stored();
    await writeFile(relay.file('newest'), damage(await readFile(relay.file('newest'))));
    const { feed, lines } = await start(relay);
    expect(feed.current()?.version).toBe(2);
    expect(lines[0]).toContain('the newest stored picture cannot be used');
  });

  it('takes the previous one when a crash left no newest, and half a one beside it', async () => {
    const relay = await stored(), newest = await readFile(relay.file('newest'));
    await writeFile(relay.file('writing'), newest.subarray(0, 400));
    await rm(relay.file('newest'));
    expect((await start(relay)).feed.current()?.version).toBe(2);
  });

  it('has none when both are damaged, and takes the one in Redis when that is back', async () => {
    const relay = await stored();
    await writeFile(relay.file('newest'), 'x');
    await rm(relay.file('previous'));
    const { feed } = await start(relay);
    expect([feed.current(), feed.ageMs()]).toEqual([undefined, Infinity]);
    relay.proxy.thaw();
    await eventually(() => expect(feed.current()?.version).toBe(3));
  });

  it('refuses a stored picture of another master key', async () => {
    const relay = await stored(), masterKey = randomBytes(32);
    const { feed, lines } = await start({ ...relay, masterKey, seal: new MessageSeal(masterKey) });
    expect(feed.current()).toBeUndefined();
    expect(lines[0]).toContain('not made with this master key');
  });
});
