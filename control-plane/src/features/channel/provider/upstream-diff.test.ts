import 'reflect-metadata';
import { expect, it } from 'vitest';
import { diffOf, mappedModel } from './upstream-diff.ts';

const detectedAt = new Date(0);

it('finds what is new and what is gone, by the names that the provider has', () => {
  const channel = { models: ['gpt-4o', 'alias', 'old', 'kept-quiet'], modelMapping: { alias: 'real', other: 'gone' }, extras: {} };
  expect(diffOf(channel, { detectedAt, models: ['gpt-4o', 'real', 'new', 'not-now'], ignored: ['not-now', 'kept-quiet'] }))
    .toEqual({ detectedAt, added: ['new'], removed: ['old'], ignored: ['kept-quiet', 'not-now'] });
});

it.each<{ mapping: Record<string, string>; model: string; end: string }>([
  { mapping: { a: 'b', b: 'c' }, model: 'a', end: 'c' }, { mapping: { a: 'a' }, model: 'a', end: 'a' }, { mapping: {}, model: 'x', end: 'x' }, { mapping: { a: 'b', b: 'a' }, model: 'a', end: 'a' },
])('$model ends at $end by $mapping', ({ mapping, model, end }) => expect(mappedModel(mapping, model)).toBe(end));
