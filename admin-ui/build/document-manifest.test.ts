import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { idOf, manifestFiles, readManifests, trustedText, type Manifest } from './document-manifest.ts';

const folders: string[] = [];
afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true }); });

const manifestOf = (name: string): Manifest => { const text = `query ${name} { site { name } }`; return { [idOf(text)]: text }; };

/** Builds one release after the other into one folder; what stands there at the end. */
function build(...releases: string[]): Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'weir-manifest-'));
  folders.push(folder);
  for (const release of releases) {
    const files = manifestFiles(manifestOf(release), readManifests(folder));
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    for (const [name, manifest] of files) writeFileSync(join(folder, name), JSON.stringify(manifest));
  }
  return readManifests(folder);
}

describe('the manifest of the console', () => {
  it('keeps what the last five builds asked, the newest first', () => {
    expect(build('One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven')).toEqual(['Seven', 'Six', 'Five', 'Four', 'Three', 'Two'].map(manifestOf));
  });

  it('is not pushed out by building the same again', () => {
    expect(build('One', 'Two', 'Two', 'Two')).toEqual(['Two', 'One'].map(manifestOf));
  });

  it('is read as empty where nothing was built', () => {
    expect(readManifests(tmpdir(), 'weir-nothing-here')).toEqual([]);
  });

  it('names the type of every object, as the cache of the console wants it', () => {
    expect(trustedText('query Site { site { name passkeys { enabled } } }')).toBe('query Site { site { name passkeys { enabled __typename } __typename } }');
  });
});
