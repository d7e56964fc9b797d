/** The key that all stored secrets are sealed with. Given by the environment, or made once and kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.ts';
import type { Note } from './progress.ts';

const isKey = (text: string): boolean => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length >= 32;

export function masterKey(given: string | undefined, dataFolder: string, note: Note): string {
  if (given !== undefined) {
    if (isKey(given)) return given;
    throw new Fault('WEIR_MASTER_KEY is broken: it must be 32 bytes in base64, as `openssl rand -base64 32` prints them.');
  }
  const file = join(dataFolder, 'master.key');
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').trim();
    if (isKey(kept)) return kept;
    throw new Fault(`The master key in ${file} is broken: put back your copy of it. Without it the stored credentials cannot be opened.`);
  }
  const made = randomBytes(32).toString('base64');
  writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
  note(`made a master key: ${file}. Keep a copy of it elsewhere: without it the stored credentials are lost`);
  return made;
}
