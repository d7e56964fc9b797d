import type { Failure } from '../../failure/failure.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { splice } from '../../framing/splice.ts';
import type { RequestFacts } from '../dialect.ts';
import { guardedMembers } from '../request/guarded-members.ts';
import { renamed } from '../request/model-rename.ts';
import { inputCount } from '../metering/input-estimate.ts';
import { RequestMembers, wrong } from '../request/request-members.ts';
import { foreignEdits } from '../memory/foreign-edits.ts';
import { marked } from '../memory/sealed-signature.ts';

const members = memberScan(['model', 'stream', 'max_tokens', 'messages', ...guardedMembers], marked, inputCount);

export function scan(body: Buffer): RequestFacts | Failure {
  const found = RequestMembers.of(body, members);
  if (!(found instanceof RequestMembers)) return found;
  const model = found.model();
  const stream = found.flag('stream');
  const maxOutputTokens = found.count('max_tokens');
  if (found.span('max_tokens')) found.factor('max_tokens', 2 ** 31 - 1);
  found.requireList('messages');
  const modelSpan = found.span('model');
  if (found.fault || !modelSpan) return found.fault ?? wrong('model', 'is required');
  const facts: RequestFacts = { model, modelSpan, stream, maxOutputTokens, wantsUsage: true, inside: found.inside, sealed: found.marked, estimatedInput: found.tokens, streamOptions: undefined }, { guarded } = found;
  if (!found.span('max_tokens')) facts.unlimited = true;
  return guarded ? { ...facts, guarded } : facts;
}

export function rewrite(body: Buffer, facts: RequestFacts, edit: { model?: string; limit?: number; family?: string }): Buffer {
  const limit = edit.limit === undefined ? [] : [{ start: facts.inside, end: facts.inside, text: `"max_tokens":${edit.limit},` }];
  const edits = [...limit, ...(facts.sealed.length ? foreignEdits(body, facts.sealed, edit.family) : []), ...renamed(facts, edit.model)];
  return edits.length ? splice(body, edits) : body;
}
