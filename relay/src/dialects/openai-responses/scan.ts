import type { Failure } from '../../failure/failure.ts';
import { member, text } from '../json-member.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { splice } from '../../framing/splice.ts';
import type { RequestAddress, RequestFacts } from '../dialect.ts';
import { guardedMembers, guardedOption } from '../request/guarded-members.ts';
import { renamed } from '../request/model-rename.ts';
import { inputCount } from '../metering/input-estimate.ts';
import { RequestMembers, wrong } from '../request/request-members.ts';
import { foreignEdits } from '../memory/foreign-edits.ts';
import { marked } from '../memory/sealed-signature.ts';

const members = memberScan(['model', 'stream', 'max_output_tokens', 'input', 'background', 'stream_options', 'previous_response_id', 'prompt', 'conversation', 'reasoning', ...guardedMembers], marked, inputCount);
/** Under this address its guide demands what elsewhere the upstream does (relay-api 7). */
const ownPrefix = '/responses/v1/';
const standIns = ['previous_response_id', 'prompt', 'conversation'];
const quote = 0x22, openBracket = 0x5b, nullSign = 0x6e;

export function scan(body: Buffer, address: RequestAddress = { path: '', query: '' }): RequestFacts | Failure {
  const found = RequestMembers.of(body, members);
  if (!(found instanceof RequestMembers)) return found;
  const model = found.model();
  const stream = found.flag('stream');
  const maxOutputTokens = found.count('max_output_tokens');
  const background = found.flag('background');
  const modelSpan = found.span('model');
  if (found.fault || !modelSpan) return found.fault ?? wrong('model', 'is required');
  // The answer would only say that it is not there yet: what it costs would never come by here.
  if (background) return wrong('background', 'must not be true: answers are not stored here to be fetched later');
  const input = found.span('input');
  const sign = input && body[input.start];
  // It may be missing where a stored prompt or an earlier answer stands for it: then the upstream decides.
  if (sign !== undefined && sign !== quote && sign !== openBracket && sign !== nullSign) return wrong('input', 'must be a text or a list');
  if (sign === undefined && address.path.startsWith(ownPrefix) && !standIns.some((name) => found.span(name))) return wrong('input', 'is required');
  const follows = found.value('previous_response_id');
  const facts = { ...(typeof follows === 'string' ? { follows } : {}), model, modelSpan, stream, maxOutputTokens, wantsUsage: true, inside: found.inside, sealed: found.marked, estimatedInput: found.tokens, streamOptions: undefined };
  const guarded = guardedIn(body, found), effort = text(member(found.value('reasoning'), 'effort'));
  return guarded || effort ? { ...facts, ...(guarded ? { guarded } : {}), ...(effort ? { effort } : {}) } : facts;
}

function guardedIn(body: Buffer, found: RequestMembers): readonly string[] | undefined {
  const options = found.span('stream_options');
  return options && body.subarray(options.start, options.end).includes('"include_obfuscation"') ? [...(found.guarded ?? []), guardedOption] : found.guarded;
}

export function rewrite(body: Buffer, facts: RequestFacts, edit: { model?: string; family?: string }): Buffer {
  const edits = [...(facts.sealed.length ? foreignEdits(body, facts.sealed, edit.family) : []), ...renamed(facts, edit.model)];
  return edits.length ? splice(body, edits) : body;
}
