import type { Failure } from '../../failure/failure.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { splice } from '../../framing/splice.ts';
import type { RequestFacts } from '../dialect.ts';
import { RequestMembers, wrong } from '../request-members.ts';

const members = memberScan(['model', 'stream', 'max_tokens', 'messages']);

export function scan(body: Buffer): RequestFacts | Failure {
  const found = RequestMembers.of(body, members);
  if (!(found instanceof RequestMembers)) return found;
  const model = found.model();
  const stream = found.flag('stream');
  const maxOutputTokens = found.count('max_tokens');
  found.requireList('messages');
  const modelSpan = found.span('model');
  if (found.fault || !modelSpan) return found.fault ?? wrong('model', 'is required');
  return { model, modelSpan, stream, maxOutputTokens, wantsUsage: true, inside: found.inside, streamOptions: undefined };
}

export function rewrite(body: Buffer, facts: RequestFacts, edit: { model?: string }): Buffer {
  return edit.model === undefined ? body : splice(body, [{ ...facts.modelSpan, text: JSON.stringify(edit.model) }]);
}
