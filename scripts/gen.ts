/**
 * `pnpm gen [--check]`: writes everything that is made from something else. With --check nothing is written, and the
 * names of the files that would change are printed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { consoleTypes } from './gen/console-types.ts';
import { packedRecords } from './gen/packed-records.ts';
import { priceExpressions } from './gen/price-expressions.ts';
import { providerDocs } from './gen/provider-docs.ts';
import { providerIndex } from './gen/provider-index.ts';
import { relayTypes } from './gen/relay-types.ts';
import { printedSchema } from './gen/schema.ts';
import { root } from './root.ts';

export interface Generated { path: string; content: string }

const read = (path: string): string => { try { return readFileSync(join(root, path), 'utf8'); } catch { return ''; } };

async function everything(): Promise<Generated[]> {
  const schema = printedSchema();
  return [{ path: 'schema.graphql', content: schema }, await relayTypes(schema), packedRecords(schema), ...priceExpressions(), providerIndex(), await providerDocs(), ...(await consoleTypes(schema))];
}

const changed = (await everything()).filter((file) => read(file.path) !== file.content);
const check = process.argv.includes('--check');
for (const { path, content } of changed) {
  if (!check) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  console.log(`${check ? 'out of date' : 'written'}: ${path}`);
}
if (check && changed.length) {
  console.error('Run `pnpm gen` and commit what it writes.');
  process.exitCode = 1;
}
