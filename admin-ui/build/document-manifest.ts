/** What the console may ask, by hash: of this build, and of the last ones, whose pages may still be open somewhere. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRequest, formatDocument, stringifyDocument } from '@urql/core';

/** Id to document. */
export type Manifest = Record<string, string>;

/** Builds whose documents stay known beside the present ones. */
const earlierBuilds = 5;

const current = 'persisted-documents.json', manifestName = /^persisted-documents(?:\.(\d+))?\.json$/;

export const idOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** The document as the console's client would send it: its cache needs the type of every object. */
export const trustedText = (text: string): string => stringifyDocument(formatDocument(createRequest(text, {}).query)).replaceAll(/\s+/g, ' ').trim();

/** Manifests of a folder that was built before, the newest first; none where nothing was. */
export function readManifests(...folder: string[]): Manifest[] {
  const path = resolve(...folder);
  let names: string[];
  try {
    names = readdirSync(path);
  } catch {
    return [];
  }
  const found = names.flatMap((name) => { const match = manifestName.exec(name); return match ? [{ name, age: Number(match[1] ?? 0) }] : []; });
  return found.sort((one, other) => one.age - other.age).map(({ name }) => JSON.parse(readFileSync(join(path, name), 'utf8')) as Manifest);
}

const sameIds = (one: Manifest, other: Manifest): boolean => Object.keys(one).sort().join() === Object.keys(other).sort().join();

/** File name to content. A build that asks the same as the last one pushes none out. */
export function manifestFiles(sent: Manifest, earlier: readonly Manifest[]): [name: string, manifest: Manifest][] {
  const kept = earlier.filter((manifest) => !sameIds(manifest, sent)).slice(0, earlierBuilds);
  return [[current, sent], ...kept.map((manifest, index): [string, Manifest] => [`persisted-documents.${index + 1}.json`, manifest])];
}
