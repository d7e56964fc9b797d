import { expect, it } from 'vitest';
import type { AnswerReport } from '../../dialects/dialect.ts';
import { noTokens } from '../../dialects/metering/usage.ts';
import { type AnswerFacts, verdictOf } from './ending.ts';

const reported = { ...noTokens, input: 40, cacheRead: 8, output: 9 };
const report = (more: Partial<AnswerReport> = {}): AnswerReport => ({ tokens: reported, begun: undefined, receivedTokens: 6, complete: true, failure: undefined, ...more });
const facts = (more: Partial<AnswerFacts>): AnswerFacts => ({ stream: true, estimatedInput: 30, dispatched: true, report: report(), clientGone: false, broken: undefined, ...more });
const silent = report({ tokens: undefined });
const halfway = report({ tokens: undefined, complete: false, receivedTokens: 4 });

it.each([
  { name: 'reported usage is charged', facts: facts({}), charged: true, source: 'UPSTREAM', end: 'COMPLETE', input: 40, output: 9 },
  { name: 'an explicit zero is charged as zero, even if text arrived', facts: facts({ report: report({ tokens: noTokens }) }), charged: true, source: 'UPSTREAM', end: 'COMPLETE', input: 0, output: 0 },
  { name: 'a normal end without usage is estimated', facts: facts({ report: silent }), charged: true, source: 'ESTIMATED', end: 'COMPLETE', input: 30, output: 6 },
  { name: 'absurd usage reaches us as none, and is estimated', facts: facts({ report: silent, stream: false }), charged: true, source: 'ESTIMATED', end: 'COMPLETE', input: 30, output: 6 },
  { name: 'a refusal before acceptance costs nothing', facts: facts({ report: undefined }), charged: false, source: 'NONE', end: 'NONE', input: 0, output: 0 },
  { name: 'an end before any byte went to the client costs nothing', facts: facts({ report: undefined, stream: false }), charged: false, source: 'NONE', end: 'NONE', input: 0, output: 0 },
  { name: 'some output, then a cut: estimate plus what was received', facts: facts({ report: halfway, broken: 'cut' }), charged: true, source: 'ESTIMATED', end: 'CUT', input: 30, output: 4 },
  { name: 'some output, then an error event: reported usage where there is any', facts: facts({ broken: 'upstream-error' }), charged: true, source: 'UPSTREAM', end: 'UPSTREAM_ERROR', input: 40, output: 9 },
  { name: 'the input that was reported at the beginning holds when the end is missing', facts: facts({ report: { ...halfway, begun: { ...noTokens, input: 50, cacheRead: 20, output: 1 } }, broken: 'cut' }), charged: true, source: 'ESTIMATED', end: 'CUT', input: 50, output: 4 },
  { name: 'client gone before dispatch: nothing', facts: facts({ clientGone: true, dispatched: false, report: undefined }), charged: false, source: 'NONE', end: 'CLIENT_GONE', input: 0, output: 0 },
  { name: 'client gone during a stream: estimate plus output so far', facts: facts({ clientGone: true, report: halfway }), charged: true, source: 'ESTIMATED', end: 'CLIENT_GONE', input: 30, output: 4 },
  { name: 'client gone while a stream had not begun: the estimated input', facts: facts({ clientGone: true, report: undefined }), charged: true, source: 'ESTIMATED', end: 'CLIENT_GONE', input: 30, output: 0 },
  { name: 'client gone when the stream was complete: reported usage', facts: facts({ clientGone: true }), charged: true, source: 'UPSTREAM', end: 'CLIENT_GONE', input: 40, output: 9 },
  { name: 'client gone during a call, upstream had answered: reported usage', facts: facts({ clientGone: true, stream: false }), charged: true, source: 'UPSTREAM', end: 'CLIENT_GONE', input: 40, output: 9 },
  { name: 'client gone during a call, no answer yet: nothing to the customer', facts: facts({ clientGone: true, stream: false, report: undefined }), charged: false, source: 'NONE', end: 'CLIENT_GONE', input: 0, output: 0 },
])('$name', ({ facts: given, charged, source, end, input, output }) => {
  const verdict = verdictOf(given);
  expect([verdict.charged, verdict.source, verdict.end, verdict.tokens.input, verdict.tokens.output]).toEqual([charged, source, end, input, output]);
});

it('posts to platform loss what a client that left a call would have cost', () => {
  expect(verdictOf(facts({ clientGone: true, stream: false, report: undefined })).lostTokens).toMatchObject({ input: 30, output: 0 });
  expect(verdictOf(facts({ clientGone: true, stream: false, report: halfway })).lostTokens).toMatchObject({ input: 30, output: 4 });
  expect(verdictOf(facts({ report: undefined })).lostTokens).toBeUndefined();
});
