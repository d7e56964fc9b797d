/** Vertex refuses the ids of calls and results that the developer API takes (providers 4.6). */
import { memberRemovals } from '../../framing/member-removal.ts';
import { nestedMembers, type Step } from '../../framing/nested-members.ts';
import { splice } from '../../framing/splice.ts';

const calls = ['functionCall', 'functionResponse', 'function_call', 'function_response'];
const signs = ['"functionCall"', '"functionResponse"', '"function_call"', '"function_response"'].map((sign) => Buffer.from(sign));
const way: readonly Step[] = [['contents'], '*', ['parts'], '*', calls, ['id']];

/** All other bytes stay. A body without calls costs four looks. */
export function bytesWithoutCallIds(body: Buffer): Buffer {
  const ids = signs.some((sign) => body.includes(sign)) ? nestedMembers(body, way) : [];
  return ids.length > 0 ? splice(body, memberRemovals(body, ids)) : body;
}
