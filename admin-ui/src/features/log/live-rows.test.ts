import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGap, gapAbove, heldBack, mostRows, noRows, receive, type LiveRows, type LogRow } from './live-rows.ts';

const row = (sequence: number): LogRow => ({ id: `log_${sequence}`, sequence: String(sequence) }) as LogRow;
const batch = (...sequences: number[]) => ({ __typename: 'LogBatch' as const, cursor: `c${Math.max(...sequences)}`, lagMs: 5, logs: sequences.map(row) });
const shown = (live: LiveRows) => live.rows.map(({ sequence }) => Number(sequence));

describe('live rows', () => {
  it('puts the newest first, each once', () => {
    expect(shown([batch(1, 2), batch(2, 3)].reduce(receive, noRows))).toEqual([3, 2, 1]);
  });

  it('remembers where to go on', () => {
    const heartbeat = { __typename: 'LogHeartbeat' as const, cursor: 'c9', at: '2026-01-01T00:00:00Z' };
    expect([batch(1), heartbeat].reduce<LiveRows>(receive, noRows).cursor).toBe('c9');
  });

  it('keeps a hole until it is filled', () => {
    const gap = { __typename: 'LogGap' as const, dropped: 2, from: 'c1', to: 'c3', sequenceFrom: '2', sequenceTo: '3' };
    const live = [batch(1), gap, batch(4)].reduce<LiveRows>(receive, noRows);
    expect(live.gaps).toEqual([{ dropped: 2, sequenceFrom: '2', sequenceTo: '3' }]);
    const filled = fillGap(live, live.gaps[0]!, [row(2), row(3)]);
    expect([shown(filled), filled.gaps]).toEqual([[4, 3, 2, 1], []]);
  });

  it('is bounded', () => {
    const live = receive(receive(noRows, batch(...Array.from({ length: mostRows }, (_, index) => index + 1))), batch(...Array.from({ length: 20 }, (_, index) => mostRows + index + 1)));
    expect([live.rows.length, live.rows[0]?.sequence]).toEqual([mostRows, String(mostRows + 20)]);
  });

  it('shows a hole above the row that lies under it', () => {
    const rows = [7, 4, 2].map(row), gap = { dropped: 2, sequenceFrom: '5', sequenceTo: '6' };
    expect(rows.map((one) => gapAbove(one, rows, [gap]))).toEqual([undefined, gap, undefined]);
  });

  it.each([
    { that: 'nothing while the reader is at the top', newestSeen: undefined, shown: [5, 4, 3], waiting: 0 },
    { that: 'what came after the newest that was seen', newestSeen: '4', shown: [4, 3], waiting: 1 },
  ])('holds back $that', ({ newestSeen, shown: expected, waiting }) => {
    const held = heldBack([5, 4, 3].map(row), newestSeen);
    expect([held.shown.map(({ sequence }) => Number(sequence)), held.waiting]).toEqual([expected, waiting]);
  });

  it('ends the same in whatever pieces and order rows arrive', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 })), (pieces) => {
      const live = pieces.map((piece) => batch(...piece)).reduce(receive, noRows);
      expect(shown(live)).toEqual([...new Set(pieces.flat())].sort((one, other) => other - one));
    }));
  });
});
