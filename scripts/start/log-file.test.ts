import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { followLog, shownPart } from './log-file.ts';

it.each([
  { name: 'hides what is usual', line: '{"level":30,"msg":"ready"}', shown: undefined },
  { name: 'shows a warning', line: '{"level":40,"msg":"redis is away"}', shown: 'redis is away' },
  { name: 'adds what an error says', line: '{"level":50,"msg":"failed","err":{"message":"no"}}', shown: 'failed: no' },
  { name: 'shows what is no record', line: 'Error: out of memory', shown: 'Error: out of memory' },
  { name: 'shows half a record', line: '{"level":40,"ms', shown: '{"level":40,"ms' },
  { name: 'hides an empty line', line: '  ', shown: undefined },
])('$name', ({ line, shown }) => expect(shownPart(line)).toBe(shown));

it('follows what is written after it began, across cut lines', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'weir-log-')), 'relay.log');
  writeFileSync(file, 'from an earlier start\n');
  const seen: string[] = [];
  const stop = followLog(file, (text) => seen.push(text));
  appendFileSync(file, 'first half, ');
  appendFileSync(file, 'second half\n{"level":50,"msg":"bad"}\n');
  await expect.poll(() => seen).toEqual(['first half, second half', 'bad']);
  stop();
});
