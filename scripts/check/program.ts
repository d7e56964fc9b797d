/** Programs that check something and say so by their exit code. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../root.ts';
import type { Finding } from './finding.ts';

/** Runs a program of node_modules/.bin, or `node` itself; its output is the finding when it fails. */
export function ran(program: string, args: readonly string[]): Promise<Finding[]> {
  const path = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  const child = spawn(path, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? [] : [{ text: output.trim() || `${program} ended with code ${code}` }]));
  });
}
