import { describe, expect, it } from 'vitest';
import { nothingTyped, press, type Typed } from './keys.ts';

const acts = ['c', 'gt', 'gc', 'gal', 'j'].map((name) => ({ name, keys: name.split('') }));

/** Types letters, `.` being a long pause, and returns the names of the acts that they reached. */
function reached(letters: string): string[] {
  let typed: Typed = nothingTyped, at = 0;
  const names: string[] = [];
  for (const letter of letters) {
    at += letter === '.' ? 5_000 : 100;
    if (letter === '.') continue;
    const step = press(typed, letter, at, acts);
    typed = step.typed;
    if (step.act) names.push(step.act.name);
  }
  return names;
}

describe('keys', () => {
  it.each([
    { letters: 'c', acts: ['c'], that: 'a letter alone acts' },
    { letters: 'gc', acts: ['gc'], that: 'after g the same letter goes' },
    { letters: 'g.c', acts: ['c'], that: 'g is forgotten after a while' },
    { letters: 'gal', acts: ['gal'], that: 'three in a row' },
    { letters: 'gj', acts: ['j'], that: 'a letter that leads nowhere after g acts alone' },
    { letters: 'ggt', acts: ['gt'], that: 'g twice is g' },
    { letters: 'xc', acts: ['c'], that: 'an unknown letter does nothing' },
    { letters: 'gcc', acts: ['gc', 'c'], that: 'an act ends the sequence' },
  ])('$that', ({ letters, acts: expected }) => expect(reached(letters)).toEqual(expected));
});
