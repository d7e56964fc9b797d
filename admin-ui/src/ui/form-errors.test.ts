import { describe, expect, it, vi } from 'vitest';
import { placeRefusals } from './form-errors.ts';

interface Values { name: string; models: string[] }

const place = (refusals: Parameters<typeof placeRefusals>[0]) => {
  const setError = vi.fn();
  const placed = placeRefusals<Values>(refusals, ['name', 'models'], setError);
  return { placed, fields: setError.mock.calls.map(([field, , options]) => [field, (options as { shouldFocus: boolean }).shouldFocus]) };
};

describe('refusals', () => {
  it.each([
    { that: 'a path inside a list belongs to its field', refusals: [{ message: 'no', path: ['input', 'models', '3'] }], placed: { above: [], conflict: undefined }, fields: [['models', true]] },
    { that: 'only the first field is focused', refusals: [{ message: 'x' }, { message: 'a', path: ['input', 'name'] }, { message: 'b', path: ['input', 'models'] }], placed: { above: ['x'], conflict: undefined }, fields: [['name', true], ['models', false]] },
    { that: 'an unknown field is shown above', refusals: [{ message: 'no', path: ['input', 'colour'] }, { message: 'also', path: null }], placed: { above: ['no', 'also'], conflict: undefined }, fields: [] },
    { that: 'a conflict is neither', refusals: [{ __typename: 'ConflictError', message: 'changed', path: ['expectedVersion'] }], placed: { above: [], conflict: 'changed' }, fields: [] },
  ])('$that', ({ refusals, placed, fields }) => expect(place(refusals)).toEqual({ placed, fields }));
});
