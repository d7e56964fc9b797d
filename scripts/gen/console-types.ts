/** Typed documents of the console, from its graphql(`…`) calls. The codegen core without its CLI, which needs none of its loaders. */
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse } from 'graphql';
import type { Generated } from '../gen.ts';
import { root } from '../root.ts';

const call = /\bgraphql\(\s*(?:\/\*\s*GraphQL\s*\*\/\s*)?`([^`]+)`/g;
const output = 'admin-ui/src/gql/';

function documents() {
  const files = globSync('admin-ui/src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !file.startsWith(output)).sort();
  return files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(call)].map((match) => ({
    location: join(root, file), rawSDL: match[1]!, document: parse(match[1]!),
  })));
}

export async function consoleTypes(schema: string): Promise<Generated[]> {
  const found = documents();
  if (!found.length) return [];
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: join(root, output), presetConfig: { fragmentMasking: false },
    schema: parse(schema), schemaAst: buildSchema(schema), documents: found,
    config: { useTypeImports: true, enumsAsTypes: true, scalars: { DateTimeISO: 'string', Int64: 'string', Quota: 'string', Decimal: 'string', Secret: 'string', EpochMs: 'number', Millionths: 'number', JSON: 'unknown' } },
    plugins: [], pluginMap: {}, pluginContext: {},
  });
  return Promise.all(sections.map(async (section) => ({ path: relative(root, section.filename), content: await codegen(section) })));
}
