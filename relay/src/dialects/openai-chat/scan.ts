import type { Failure } from '../../failure/failure.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { splice, type Edit } from '../../framing/splice.ts';
import type { RequestFacts, Span } from '../dialect.ts';
import { guardedMembers, guardedOption } from '../request/guarded-members.ts';
import { renamed } from '../request/model-rename.ts';
import { inputCount } from '../metering/input-estimate.ts';
import { RequestMembers, wrong } from '../request/request-members.ts';
import { foreignEdits } from '../memory/foreign-edits.ts';
import { marked } from '../memory/sealed-signature.ts';

const members = memberScan(['model', 'stream', 'stream_options', 'max_tokens', 'max_completion_tokens', 'messages', 'n', 'reasoning_effort', ...guardedMembers], marked, inputCount);
const options = memberScan(['include_usage']);
const closeBrace = 0x7d;
/** As OpenAI has it; no provider gives more. */
const mostAnswers = 128;

export function scan(body: Buffer): RequestFacts | Failure {
  const found = RequestMembers.of(body, members);
  if (!(found instanceof RequestMembers)) return found;
  const model = found.model();
  const stream = found.flag('stream');
  const asked = found.value('stream_options') ?? {};
  found.requireList('messages');
  // Each of several answers may use the whole limit.
  const answers = found.factor('n', mostAnswers);
  const limit = Math.max(found.count('max_tokens'), found.count('max_completion_tokens'));
  const modelSpan = found.span('model');
  if (found.fault || !modelSpan) return found.fault ?? wrong('model', 'is required');
  if (typeof asked !== 'object' || Array.isArray(asked)) return wrong('stream_options', 'must be an object');
  const wantsUsage = 'include_usage' in asked && asked.include_usage === true;
  const guarded = 'include_obfuscation' in asked ? [...(found.guarded ?? []), guardedOption] : found.guarded;
  const facts = { model, modelSpan, stream, maxOutputTokens: limit * answers, wantsUsage, inside: found.inside, sealed: found.marked, estimatedInput: found.tokens, streamOptions: found.span('stream_options') };
  const effort = found.span('reasoning_effort') && found.value('reasoning_effort');
  return guarded || typeof effort === 'string' ? { ...facts, ...(guarded ? { guarded } : {}), ...(typeof effort === 'string' ? { effort } : {}) } : facts;
}

export function rewrite(body: Buffer, facts: RequestFacts, edit: { model?: string; askUsage?: boolean; family?: string }): Buffer {
  const edits: Edit[] = [...(facts.sealed.length ? foreignEdits(body, facts.sealed, edit.family) : []), ...renamed(facts, edit.model)];
  if (edit.askUsage && !facts.wantsUsage) edits.push(askUsage(body, facts));
  return edits.length ? splice(body, edits) : body;
}

function askUsage(body: Buffer, facts: RequestFacts): Edit {
  const { streamOptions } = facts;
  if (!streamOptions) return insert(facts.inside, '"stream_options":{"include_usage":true},');
  const found = options(body.subarray(streamOptions.start, streamOptions.end));
  // `null`
  if (!('members' in found)) return { ...streamOptions, text: '{"include_usage":true}' };
  const given = found.members.get('include_usage');
  if (given) return { ...shifted(given, streamOptions.start), text: 'true' };
  const empty = body.subarray(streamOptions.start + found.inside, streamOptions.end).toString('latin1').trim().charCodeAt(0) === closeBrace;
  return insert(streamOptions.start + found.inside, `"include_usage":true${empty ? '' : ','}`);
}

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });

const shifted = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
