import { dirname, join } from 'node:path/posix';
import type { Check, Finding } from './finding.ts';
import { importRules } from './import-rules.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

interface Import { name: string; target: string; line: number }

const statement = /^[ \t]*import\s*['"]([^'"]+)['"]|^[ \t]*(?:import|export)\s[^'"`;=]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** What a file imports; relative names as paths from the checkout. */
export function importsOf({ path, text }: Pick<SourceFile, 'path' | 'text'>): Import[] {
  return [...text.matchAll(statement)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3]!;
    return { name, target: name.startsWith('.') ? join(dirname(path), name) : name, line: text.slice(0, match.index).split('\n').length };
  });
}

function broken(file: SourceFile, { name, target, line }: Import): Finding[] {
  const at = `${file.path}:${line} imports ${name}`;
  const rules = importRules.filter((rule) => !(file.isTest && rule.testsMay) && rule.from.test(file.path) && rule.mayNot.test(target));
  const findings = rules.map((rule) => ({ text: `${at}: ${rule.because}` }));
  if (name.startsWith('.') && !/\.(ts|tsx|mjs|css|json|svg)$/.test(name)) findings.push({ text: `${at}: a relative import names its file, with the extension` });
  return findings;
}

/** A file of nothing but re-exports hides where things are. */
function isBarrel({ text }: SourceFile): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim();
  return code !== '' && code.split(/;\s*\n|;\s*$/).filter((part) => part.trim()).every((part) => /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^'"]*\bfrom\s+['"]/.test(part));
}

export const imports: Check = {
  name: 'imports',
  mend: 'turn the arrow round, or move what is shared below both; the table is scripts/check/import-rules.ts',
  async run() {
    return sourceFiles().flatMap((file) => [
      ...importsOf(file).flatMap((one) => broken(file, one)),
      ...(isBarrel(file) ? [{ text: `${file.path} only re-exports: import the file that has the thing` }] : []),
    ]);
  },
};
