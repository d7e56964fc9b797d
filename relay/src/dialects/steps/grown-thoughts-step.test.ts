import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChatEvent } from '../chat-event.ts';
import { GrownThoughtsStep } from './grown-thoughts-step.ts';

const start = (index: number, kind: 'reasoning' | 'text'): ChatEvent => ({ type: 'part-start', index, part: { kind, text: '' } });
const delta = (index: number, text: string): ChatEvent => ({ type: 'text-delta', index, text });
const through = (events: readonly ChatEvent[]): ChatEvent[] => { const step = new GrownThoughtsStep(); return events.flatMap((event) => step.push(event)); };
const textOf = (events: readonly ChatEvent[]): string => events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('');

it('thoughts that are told whole each time are told once, wherever they grow', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.array(fc.nat(), { maxLength: 8 }), (whole, cuts) => {
    const ends = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length].filter((end) => end > 0).toSorted((one, other) => one - other);
    expect(textOf(through([start(0, 'reasoning'), ...ends.map((end) => delta(0, whole.slice(0, end))), { type: 'part-end', index: 0 }]))).toBe(whole);
  }));
});

it.each([
  { name: 'thoughts that come bit by bit', events: [start(0, 'reasoning'), delta(0, 'The '), delta(0, 'user'), delta(0, ' asks')] },
  { name: 'texts, whatever they repeat', events: [start(0, 'text'), delta(0, 'ha'), delta(0, 'haha')] },
  { name: 'a thought that begins as another did', events: [start(0, 'reasoning'), delta(0, 'So'), { type: 'part-end', index: 0 } as const, start(1, 'reasoning'), delta(1, 'So it')] },
])('leaves $name as they are', ({ events }) => expect(through(events)).toEqual(events));
