import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeIdentity } from './relay-identity.ts';

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'weir-identity-')); });
afterEach(() => rm(folder, { recursive: true }));

it('keeps the id and takes a new epoch at each start', async () => {
  const first = await takeIdentity(join(folder, 'relay-0')), second = await takeIdentity(join(folder, 'relay-0'));
  expect(first.epoch).toBe(1);
  expect(second).toEqual({ id: first.id, epoch: 2 });
  expect(JSON.parse(await readFile(join(folder, 'relay-0', 'identity.json'), 'utf8'))).toEqual(second);
});

it('gives two folders two ids', async () => {
  const [one, other] = [await takeIdentity(join(folder, 'relay-0')), await takeIdentity(join(folder, 'relay-1'))];
  expect(one.id).not.toBe(other.id);
});

it.each(['', '{"id":"abc', '{"id":"../../x","epoch":1}', '{"id":"abcdefgh","epoch":0}'])('refuses a damaged file (%s) instead of starting as another relay', async (text) => {
  await writeFile(join(folder, 'identity.json'), text);
  await expect(takeIdentity(folder)).rejects.toThrow('identity.json is damaged');
});
