/** Whole answers that stand in a member of another object (`openrouter_enterprise`). */
import { JsonFault } from '../../framing/json-cursor.ts';
import { memberScan } from '../../framing/json-scan.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamAnswer } from '../../upstream/upstream.ts';
import { collect } from './refusal-body.ts';
import { Replayed } from './replayed.ts';

const members = memberScan(['data', 'object', 'choices', 'error']), mostBytes = 16 << 20;

/** The bytes of `data`; the answer as it is where it is none of these. */
export async function unwrapped(answer: UpstreamAnswer, signal: Signal): Promise<UpstreamAnswer> {
  const body = await collect(answer, signal, mostBytes), found = members(body);
  const data = found instanceof JsonFault || found.members.size > 1 ? undefined : found.members.get('data');
  return new Replayed(answer, 'application/json', data ? body.subarray(data.start, data.end) : body);
}
