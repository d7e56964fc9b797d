import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../chat-event.ts';
import { ThinkStep } from './think-step.ts';
import { wholeAnswer } from '../answer/whole-answer.ts';

/** A text in pieces, and a call behind it. */
function through(pieces: readonly string[], openImplicit = false): ChatEvent[] {
  const step = new ThinkStep(openImplicit);
  const events: ChatEvent[] = [
    { type: 'answer-start', id: '', model: '', created: 0 }, { type: 'part-start', index: 0, part: { kind: 'text', text: '' } },
    ...pieces.map((text): ChatEvent => ({ type: 'text-delta', index: 0, text })), { type: 'part-end', index: 0 },
    { type: 'part-start', index: 1, part: { kind: 'tool-call', id: 'c', name: 'f', arguments: '' } }, { type: 'part-end', index: 1 },
    { type: 'answer-finish', reason: 'stop' }, { type: 'answer-end' },
  ];
  return events.flatMap((event) => step.push(event));
}

const partsOf = (events: readonly ChatEvent[]): string[] => wholeAnswer(events).parts.map((part) => ('text' in part ? `${part.kind}: ${part.text}` : part.kind));

describe('ThinkStep', () => {
  it.each([
    { name: 'thoughts and an answer', text: '<think>a < b</think>\n\nHi </think>', is: ['reasoning: a < b', 'text: Hi </think>', 'tool-call'] },
    { name: 'white space before the tag', text: '\n <think>a</think>b', is: ['reasoning: a', 'text: b', 'tool-call'] },
    { name: 'thoughts alone', text: '<think>a</think>\n', is: ['reasoning: a', 'tool-call'] },
    { name: 'thoughts that do not end', text: '<think>a</thin', is: ['reasoning: a</thin', 'tool-call'] },
    { name: 'no thoughts', text: 'Hi <think>a</think>', is: ['text: Hi <think>a</think>', 'tool-call'] },
    { name: 'the beginning of a tag', text: '<thi', is: ['text: <thi', 'tool-call'] },
    { name: 'white space alone', text: ' ', is: ['text:  ', 'tool-call'] },
    { name: 'nothing', text: '', is: ['text: ', 'tool-call'] },
  ])('reads $name, however it is cut', ({ text, is }) => {
    expect(partsOf(through([text]))).toEqual(is);
    expect(partsOf(through(text.split('')))).toEqual(is);
    for (let at = 1; at < text.length; at++) expect(partsOf(through([text.slice(0, at), text.slice(at)]))).toEqual(is);
  });

  it.each([
    { name: 'thoughts without their opening tag', text: 'a < b\n</think>\n\nHi', is: ['reasoning: a < b\n', 'text: Hi', 'tool-call'] },
    { name: 'thoughts that have it all the same', text: '<think>a</think>Hi', is: ['reasoning: a', 'text: Hi', 'tool-call'] },
    { name: 'thoughts that do not end', text: 'a</thi', is: ['reasoning: a</thi', 'tool-call'] },
  ])('reads $name where they open by themselves', ({ text, is }) => {
    expect(partsOf(through([text], true))).toEqual(is);
    expect(partsOf(through(text.split(''), true))).toEqual(is);
  });

  it('gives no index twice, and closes what it opens', () => {
    const events = through(['<think>a', '</think>b']);
    const opened = events.flatMap((event) => (event.type === 'part-start' ? [event.index] : [])), closed = events.flatMap((event) => (event.type === 'part-end' ? [event.index] : []));
    expect([opened, closed]).toEqual([[0, 1, 2], [0, 1, 2]]);
  });
});
