/** The built console, read into memory once: a path can name nothing outside the list. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { HttpAnswer, HttpMessage } from '../../kernel/http/http-message.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
};

interface ConsoleFile { body: Buffer; type: string; cache: string }

/** Vite puts a content hash into the names below assets/, so those never change. */
const cacheOf = (path: string) => (path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');

function readFolder(folder: string): Map<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return files;                                        // not built: the API works without it
  }
  for (const name of names) {
    const at = join(folder, name), path = `/${name.replaceAll('\\', '/')}`;
    if (!statSync(at).isFile()) continue;
    files.set(path, { body: readFileSync(at), type: types[extname(name)] ?? 'application/octet-stream', cache: cacheOf(path) });
  }
  return files;
}

const answer = (file: ConsoleFile): HttpAnswer => ({ status: 200, headers: [['content-type', file.type], ['cache-control', file.cache]], body: file.body });

/** Answers files and, for a browser that asks for a page, index.html: the console routes by itself. */
export function consoleFiles(folder: string): (message: HttpMessage) => HttpAnswer | undefined {
  const files = readFolder(folder);
  const index = files.get('/index.html');
  return (message) => {
    if (message.method !== 'GET' && message.method !== 'HEAD') return undefined;
    const file = files.get(message.path === '/' ? '/index.html' : message.path);
    if (file) return answer(file);
    const wantsPage = message.headers.get('accept')?.includes('text/html') === true && extname(message.path) === '';
    return wantsPage && index ? answer(index) : undefined;
  };
}
