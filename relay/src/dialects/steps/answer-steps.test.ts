/** What happens to answers between two dialects: stops, schemas from models without, and thoughts that are remembered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure/failure.ts';
import { anthropicMessages } from '../anthropic-messages/dialect.ts';
import type { AnswerStep } from './answer-step.ts';
import type { ChatEvent, ChatRequest, JsonObject } from '../chat-event.ts';
import { JsonToolStep } from './json-tool-step.ts';
import { openaiChat } from '../openai-chat/dialect.ts';
import { openaiResponses } from '../openai-responses/dialect.ts';
import { StopStep } from './stop-step.ts';
import { ThoughtMemory, ThoughtStep } from '../memory/thought-memory.ts';
import { wholeAnswer } from '../answer/whole-answer.ts';

const run = (step: AnswerStep, events: readonly ChatEvent[]): ChatEvent[] => events.flatMap((event) => step.push(event));
const text = (index: number, pieces: readonly string[]): ChatEvent[] =>
  [{ type: 'part-start', index, part: { kind: 'text', text: '' } }, ...pieces.map((piece): ChatEvent => ({ type: 'text-delta', index, text: piece })), { type: 'part-end', index }];
const call = (index: number, name: string, args: string, id = 'A', signature?: string): ChatEvent[] =>
  [{ type: 'part-start', index, part: { kind: 'tool-call', id, name, arguments: '', signature } }, { type: 'arguments-delta', index, text: args }, { type: 'part-end', index }];
const finish = (reason: 'stop' | 'tool_calls' | 'length' = 'stop'): ChatEvent[] => [{ type: 'answer-finish', reason }, { type: 'answer-end' }];

function ask(dialect: typeof openaiChat, body: JsonObject): ChatRequest {
  const request = dialect.readRequest(body);
  if (request instanceof Failure) throw new Error(request.say);
  return request;
}

describe('StopStep', () => {
  it.each([
    { name: 'ends at the first stop, wherever it is cut', stops: ['END', 'STOP'], said: ['so ', 'E', 'N', 'D more'], is: 'so ', sequence: 'END' },
    { name: 'says what only looked like one', stops: ['END'], said: ['E', 'NE', 'N'], is: 'ENEN', sequence: undefined },
    { name: 'takes the stop that comes first', stops: ['bb', 'a'], said: ['xxabb'], is: 'xx', sequence: 'a' },
    { name: 'has nothing to say before a stop', stops: ['x'], said: ['xyz'], is: '', sequence: 'x' },
  ])('$name', ({ stops, said, is, sequence }) => {
    const { parts, finish: end } = wholeAnswer(run(new StopStep(stops), [...text(0, said), ...finish()]));
    expect([parts[0], end]).toMatchObject([{ text: is }, sequence === undefined ? { reason: 'stop' } : { reason: 'stop_sequence', sequence }]);
  });

  it('leaves out everything behind a stop', () => {
    const { parts } = wholeAnswer(run(new StopStep(['.']), [...text(0, ['one. two']), ...call(1, 'f', '{}'), ...text(2, ['three']), ...finish('tool_calls')]));
    expect(parts).toEqual([{ kind: 'text', text: 'one' }]);
  });

  it('says the same wherever the text is cut', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c') }), fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }), (said, stops) => {
      const whole = wholeAnswer(run(new StopStep(stops), [...text(0, [said]), ...finish()])).parts;
      expect(wholeAnswer(run(new StopStep(stops), [...text(0, Array.from(said)), ...finish()])).parts).toEqual(whole);
      const ends = stops.flatMap((stop) => (said.includes(stop) ? [{ at: said.indexOf(stop), end: said.indexOf(stop) + stop.length }] : []));
      const first = ends.toSorted((a, b) => a.end - b.end || a.at - b.at)[0];
      expect(whole).toMatchObject([{ text: said.slice(0, first?.at ?? said.length) }]);
    }), { numRuns: 300 });
  });

  it('stands in for a dialect that knows no stops', () => {
    const steps: unknown[] = [];
    expect(openaiResponses.writeRequest(ask(openaiChat, { model: 'm', messages: [], stop: ['END'] }), { step: (make) => steps.push(make()) })).not.toHaveProperty('stop');
    expect(steps).toEqual([expect.any(StopStep)]);
  });
});

describe('JsonToolStep', () => {
  it('makes an answer of the call, and leaves out what was said beside it', () => {
    const { parts, finish: end } = wholeAnswer(run(new JsonToolStep(), [...text(0, ['Sure: ']), ...call(1, 'json', '{"a":1}'), ...finish('tool_calls')]));
    expect([parts, end]).toMatchObject([[{ kind: 'text', text: '{"a":1}' }], { reason: 'stop' }]);
  });

  it('keeps the words of an answer that calls something else, or nothing', () => {
    expect(wholeAnswer(run(new JsonToolStep(), [...text(0, ['Wait. ']), ...call(1, 'f', '{}'), ...finish('tool_calls')]))).toMatchObject({ parts: [{ text: 'Wait. ' }, { name: 'f' }], finish: { reason: 'tool_calls' } });
    expect(wholeAnswer(run(new JsonToolStep(), [...text(0, ['I cannot.']), ...finish()]))).toMatchObject({ parts: [{ text: 'I cannot.' }], finish: { reason: 'stop' } });
  });

  const format = { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object', properties: {} } } };
  const asked = (model: string, given: JsonObject = {}): { sent: unknown; steps: number; losses: string[] } => {
    const losses: string[] = [];
    let steps = 0;
    const sent = anthropicMessages.writeRequest(ask(openaiChat, { model, messages: [{ role: 'user', content: 'hi' }], response_format: format, ...given }), { warn: (loss) => losses.push(loss), step: () => { steps++; } });
    return { sent, steps, losses };
  };

  it('is asked for where a model knows no schema', () => {
    expect(asked('claude-3-5-sonnet-latest')).toMatchObject({ sent: { tools: [{ name: 'json', input_schema: { type: 'object' } }], tool_choice: { type: 'tool', name: 'json' } }, steps: 1, losses: ['json_schema_emulated'] });
    const tools = [{ type: 'function', function: { name: 'f' } }];
    expect(asked('claude-3-5-sonnet-latest', { tools })).toMatchObject({ sent: { tools: [{ name: 'f' }, { name: 'json' }], tool_choice: { type: 'any' } }, steps: 1 });
    expect(asked('claude-sonnet-4-5')).toMatchObject({ sent: { output_config: { format: { type: 'json_schema' } } }, steps: 0 });
  });

  it('is asked for in words beside thoughts', () => {
    expect(asked('claude-sonnet-4-20250514', { reasoning_effort: 'low' })).toMatchObject({ sent: { system: expect.stringContaining('JSON Schema') as unknown }, steps: 0, losses: ['json_schema_instruction'] });
  });
});

describe('ThoughtMemory', () => {
  const thought: ChatEvent[] = [{ type: 'part-start', index: 0, part: { kind: 'reasoning', text: '' } }, { type: 'text-delta', index: 0, text: 'hm' }, { type: 'signature-delta', index: 0, signature: 'S' }, { type: 'part-end', index: 0 }];
  const forgetful = ask(openaiChat, { model: 'm', messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', tool_calls: [{ id: 'A', function: { name: 'f', arguments: '{}' } }, { id: 'B', function: { name: 'f', arguments: '{}' } }] }] });
  let now = 0;

  function remembered(capBytes?: number): ThoughtMemory {
    const memory = new ThoughtMemory(() => now, capBytes);
    const events = [...thought, ...call(1, 'f', '{}', 'A', 'C'), ...call(2, 'f', '{}', 'B'), ...finish('tool_calls')];
    expect(run(new ThoughtStep(memory, 7), events)).toEqual(events);
    return memory;
  }

  it('puts thoughts and signatures back in front of their calls', () => {
    expect(remembered().restored(7, forgetful).messages[1]?.parts).toMatchObject([{ kind: 'reasoning', text: 'hm', signature: 'S' }, { id: 'A', signature: 'C' }, { id: 'B' }]);
  });

  it('knows whose they are, for how long, and how many', () => {
    expect(remembered().restored(8, forgetful)).toEqual(forgetful);
    const memory = remembered();
    now += 24 * 3_600_000 + 1;
    expect(memory.restored(7, forgetful)).toEqual(forgetful);
    expect(remembered(0).restored(7, forgetful)).toEqual(forgetful);
  });

  it('leaves alone what the client gives back itself', () => {
    const carried = ask(openaiChat, { model: 'm', messages: [{ role: 'assistant', reasoning_details: [{ type: 'reasoning.text', text: 'own', signature: 'T' }], tool_calls: [{ id: 'A', function: { name: 'f', arguments: '{}' } }] }] });
    expect(remembered().restored(7, carried)).toEqual(carried);
  });

  it('lets the oldest go when there are too many', () => {
    const memory = new ThoughtMemory(() => 0, 1_000);
    for (let id = 0; id < 50; id++) memory.keep(1, `${id}`, [], 'x'.repeat(50));
    expect([memory.find(1, '0'), memory.find(1, '49')]).toMatchObject([undefined, {}]);
  });
});
