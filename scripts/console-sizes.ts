/** What a first visit to a page of the console loads, from Vite's manifest: script and style in bytes after gzip. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './root.ts';

interface Chunk { file: string; imports?: string[]; css?: string[] }
export interface PageSize { script: number; style: number }

const site = join(root, 'admin-ui', 'dist', 'site');
const entry = 'index.html', english = 'src/i18n/en.ts', inside = 'src/i18n/en-inside.ts', frame = 'src/features/session/frame.tsx';

/** Sources whose chunks, with all that they import, make up the page. */
export const consolePages = {
  signIn: [entry, english, 'src/features/session/sign-in.page.tsx'],
  setup: [entry, english, 'src/features/setup/setup.page.tsx'],
  overview: [entry, english, inside, frame, 'src/features/overview/overview.page.tsx'],
  channels: [entry, english, inside, frame, 'src/features/channel/channels.page.tsx'],
  tokens: [entry, english, inside, frame, 'src/features/token/tokens.page.tsx'],
  logs: [entry, english, inside, frame, 'src/features/log/logs.page.tsx'],
} as const;

const compressed = (file: string): number => gzipSync(readFileSync(join(site, file))).length;
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + compressed(file), 0);

/** Throws when the console is not built, or a source of the table has no chunk any more. */
export function consolePageSize(page: keyof typeof consolePages): PageSize {
  const manifest = JSON.parse(readFileSync(join(site, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const reached = new Set<Chunk>();
  const reach = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the console's build has no chunk for ${name}`);
    if (reached.has(chunk)) return;
    reached.add(chunk);
    chunk.imports?.forEach(reach);
  };
  consolePages[page].forEach(reach);
  return { script: sum(new Set([...reached].map(({ file }) => file))), style: sum(new Set([...reached].flatMap(({ css }) => css ?? []))) };
}
