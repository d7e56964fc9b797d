import { describe, expect, it } from 'vitest';
import type { AnswerStep } from './answer-step.ts';
import type { ChatEvent, Part } from '../chat-event.ts';
import { ThinkingInContentStep } from './thinking-in-content-step.ts';
import { wholeAnswer } from '../answer/whole-answer.ts';

const text = (index: number, pieces: readonly string[]): ChatEvent[] =>
  [{ type: 'part-start', index, part: { kind: 'text', text: '' } }, ...pieces.map((piece): ChatEvent => ({ type: 'text-delta', index, text: piece })), { type: 'part-end', index }];
const partsOf = (step: AnswerStep, events: readonly ChatEvent[]): Part[] => wholeAnswer(events.flatMap((event) => step.push(event))).parts;

describe('ThinkingInContentStep', () => {
  it('puts thoughts at the head of the text', () => {
    const thought: ChatEvent[] = [{ type: 'part-start', index: 9, part: { kind: 'reasoning', text: '' } }, { type: 'text-delta', index: 9, text: 'h' }, { type: 'text-delta', index: 9, text: 'm' }, { type: 'signature-delta', index: 9, signature: 'S' }, { type: 'part-end', index: 9 }];
    expect(partsOf(new ThinkingInContentStep(), [...thought, ...text(0, ['so'])])).toEqual([{ kind: 'text', text: '<think>\nhm\n</think>\n' }, { kind: 'text', text: 'so' }]);
  });
});
