import { describe, expect, it } from 'vitest';
import { singleBytes } from '../../framing/cut-bytes.ts';
import { providers } from '../../providers/index.gen.ts';
import type { Provider } from '../../providers/provider.ts';
import { recordedOf } from '../testing/recorded.ts';
import { openaiChat } from './dialect.ts';

const edit = (pieces: readonly Buffer[]): string => {
  const editor = openaiChat.editAnswer({ stream: true, dropUsage: false, repair: true, model: undefined })!;
  return Buffer.concat([...pieces.flatMap((piece) => editor.push(piece)), ...editor.end()]).toString();
};
const chunk = (delta: object, finish: string | null = null): string => `data: ${JSON.stringify({ id: 'a', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const call = (fragment: object): string => chunk({ tool_calls: [fragment] });
const end = 'data: [DONE]\n\n';

describe('a passing stream of a relative', () => {
  it.each([
    { name: 'passes as it is when nothing is missing', in: chunk({ content: 'a' }) + call({ index: 0, id: 'c', function: { name: 'f' } }) + call({ index: 0, function: { arguments: '{}' } }) + chunk({}, 'tool_calls') + end },
    { name: 'passes when it breaks off', in: chunk({ content: 'a' }) },
    { name: 'passes when it fails', in: chunk({ content: 'a' }) + 'data: {"error":{"message":"no"}}\n\n' + end },
    { name: 'passes text that speaks of the end', in: chunk({ content: 'data: [DONE]' }) + chunk({}, 'stop') + end },
    { name: 'gets the numbers of its calls', in: call({ id: 'c', function: { name: 'f' } }) + call({ function: { arguments: '{}' } }) + call({ id: 'd', function: { name: 'g' } }) + chunk({}, 'tool_calls') + end,
      out: call({ index: 0, id: 'c', function: { name: 'f' } }) + call({ index: 0, function: { arguments: '{}' } }) + call({ index: 1, id: 'd', function: { name: 'g' } }) + chunk({}, 'tool_calls') + end },
    { name: 'loses empty ids', in: call({ index: 0, id: 'c', function: { name: 'f' } }) + call({ index: 0, id: '', function: { arguments: '{}' } }) + chunk({}, 'tool_calls') + end,
      out: call({ index: 0, id: 'c', function: { name: 'f' } }) + call({ index: 0, function: { arguments: '{}' } }) + chunk({}, 'tool_calls') + end },
    { name: 'gets its end', in: chunk({ content: 'a' }) + chunk({}, 'stop'), out: chunk({ content: 'a' }) + chunk({}, 'stop') + end },
    { name: 'gets the reason of its end', in: chunk({ content: 'a' }) + end, out: chunk({ content: 'a' }) + `data: ${JSON.stringify({ id: 'a', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: null })}\n\n` + end },
  ])('$name, however it is cut', ({ in: bytes, out = bytes }) => {
    expect(edit([Buffer.from(bytes)])).toBe(out);
    expect(edit(singleBytes(Buffer.from(bytes)))).toBe(out);
  });

  const recorded = providers.flatMap((one: Provider) => recordedOf(one)).filter((one) => one.stream && one.dialect === openaiChat && !one.shape && !one.bytes.includes('"id":""'));
  it.each(recorded)('$name needs no repair', (one) => expect(edit(one.events)).toBe(one.bytes.toString()));
});
