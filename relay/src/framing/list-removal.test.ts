import fc from 'fast-check';
import { expect, it } from 'vitest';
import { removals } from './list-removal.ts';
import { splice } from './splice.ts';

/** Objects with `out` go; what holds them, as it should be afterwards. */
type Tree = number | { out: string } | Tree[] | { in: Tree };
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, fc.nat(9), fc.record({ out: fc.constant('X') }), fc.array(tie('tree'), { maxLength: 4 }), fc.record({ in: tie('tree') })),
}));

const isOut = (value: Tree): boolean => typeof value === 'object' && 'out' in value;

/** Objects that hold one outside of a list are the smallest in a list themselves, where they stand in one. */
function kept(value: Tree): Tree {
  if (Array.isArray(value)) return value.filter((each) => !isOut(each) && !holdsOut(each)).map(kept);
  return typeof value === 'object' && 'in' in value ? { in: kept(value.in) } : value;
}

const holdsOut = (value: Tree): boolean => typeof value === 'object' && 'in' in value && (isOut(value.in) || holdsOut(value.in));

it('removes the smallest object in a list around each place, wherever they stand', () => {
  fc.assert(fc.property(tree, fc.constantFrom(undefined, 1), (value, indent) => {
    const source = JSON.stringify({ top: [value] }, null, indent);
    const places = [...source.matchAll(/"X"/g)].map((match) => match.index + 1);
    const left: unknown = JSON.parse(splice(Buffer.from(source), removals(Buffer.from(source), places)).toString());
    expect(left).toEqual({ top: kept([value]) });
  }), { numRuns: 1000 });
});

it('does nothing where there is no list', () => {
  expect(removals(Buffer.from('{"a":{"out":"X"}}'), [13])).toEqual([]);
});
