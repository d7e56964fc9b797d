/** Names of files, and words that have another name in this house (house style B3). */
import { basename } from 'node:path';
import type { Check, Finding } from './finding.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|mjs)$/;
/** MikroORM orders migrations by these names. */
const migration = /^Migration\d{14}_[a-z0-9_-]+\.ts$/;
const emptyWords = /(^|[-.])(utils?|helpers?|common|misc|managers?)([-.]|$)/;

/** Only words that mean nothing else here; "key", "cache" or "call" have honest uses. */
const otherWords: Record<string, string> = {
  adaptor: 'provider', multiplier: 'ratio', credits: 'quota', tier: 'group', downstream: 'client',
  preconsume: 'reservation', postconsume: 'settlement', util: 'the concept', utils: 'the concept', helper: 'the concept', manager: 'the concept',
};

function fileNames({ path }: SourceFile): Finding[] {
  const name = basename(path);
  const findings: Finding[] = [];
  if (!kebab.test(name) && !migration.test(name)) findings.push({ text: `${path}: file names are kebab-case` });
  if (emptyWords.test(name)) findings.push({ text: `${path}: name the concept; such a file has no reason to stay small` });
  if (/^index\.tsx?$/.test(name)) findings.push({ text: `${path}: no barrels; name the file after what is inside` });
  return findings;
}

const exported = /^export (?:default )?(?:abstract |async )?(?:const|let|function|class|interface|type)\s+\*?\s*([A-Za-z0-9_]+)/gm;
const wordsOf = (name: string): string[] => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[ _]/);

function words({ path, text }: SourceFile): Finding[] {
  return [...text.matchAll(exported)].flatMap(([, name]) =>
    wordsOf(name!).filter((word) => Object.hasOwn(otherWords, word)).map((word) => ({ text: `${path}: ${name} says "${word}"; here that is ${otherWords[word]}` })));
}

export const names: Check = {
  name: 'names',
  mend: 'rename; the words and the reasons are in scripts/check/names.ts',
  async run() { return sourceFiles().flatMap((file) => [...fileNames(file), ...words(file)]); },
};
