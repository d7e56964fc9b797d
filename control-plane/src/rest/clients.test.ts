/** What existing clients send, in the order of a visit, and what they read of the answers (fixtures/clients/README.md). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../testing/contract/world.ts';
import type { Data } from '../testing/test-app.ts';

interface Recorded { client: string; as: 'nobody' | 'root' | 'key'; method: string; path: string; body?: unknown; reads?: string[]; keep?: Record<string, string>; success?: boolean }

const requests = JSON.parse(readFileSync(new URL('../../fixtures/clients/requests.json', import.meta.url), 'utf8')) as Recorded[];

let world: World;
const kept = new Map<string, string | number>();
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.app.stop());

const at = (value: unknown, path: string): unknown => path.split('.').reduce<unknown>((inner, name) => (inner as Data | null | undefined)?.[name], value);

/** A whole `{name}` becomes the kept value with its kind, one inside a text becomes text. */
function filled(value: unknown): unknown {
  if (typeof value === 'string') {
    const whole = /^\{(\w+)\}$/.exec(value)?.[1];
    return whole && kept.has(whole) ? kept.get(whole) : value.replace(/\{(\w+)\}/g, (text, name: string) => String(kept.get(name) ?? text));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(filled) : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member)]));
}

it.each(requests.map((request) => ({ name: `${request.client}: ${request.method} ${request.path}`, request })))('$name', async ({ request }) => {
  const { method, as, reads = [], keep = {}, success = true } = request, headers: Record<string, string> = as === 'key' ? { authorization: `Bearer ${String(kept.get('key'))}` } : {};
  const told = await world.call(method, { as: as === 'key' ? 'nobody' : as, path: String(filled(request.path)), headers, ...(request.body !== undefined && { body: filled(request.body) }) });
  expect([told.status, told.body.success, told.text.slice(0, 300)]).toEqual([200, success, expect.any(String)]);
  for (const path of reads) expect([path, at(told.body, path)]).toEqual([path, expect.anything()]);
  for (const [name, path] of Object.entries(keep)) kept.set(name, at(told.body, path) as string | number);
});
