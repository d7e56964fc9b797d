/** The files that people write, with their text. Built, generated and fetched ones are not among them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';

export interface SourceFile { path: string; text: string; isTest: boolean }

const packages = ['relay', 'control-plane', 'admin-ui', 'e2e', 'scripts'];
const passedOver = new Set(['node_modules', 'dist', 'toolchain', 'fixtures']);
const isWritten = (name: string): boolean => /\.(ts|tsx|mjs)$/.test(name) && !/\.gen\.tsx?$|\.d\.ts$/.test(name);

function under(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : under(path);
    return entry.isFile() && isWritten(entry.name) && !path.startsWith('admin-ui/src/gql/') ? [path] : [];
  });
}

export const sourceFiles = (): SourceFile[] => packages.flatMap(under).sort().map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
  isTest: /\.(test|e2e|load|leak)\.tsx?$|\/testing\//.test(path),
}));
