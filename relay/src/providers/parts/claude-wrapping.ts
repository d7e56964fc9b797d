/** Messages for clouds that host Claude: the address says which model, and a member which version of the dialect (providers 4.4, 4.6). */
import { member, text } from '../../dialects/json-member.ts';
import { JsonFault } from '../../framing/json-cursor.ts';
import { memberScan, valueOf } from '../../framing/json-scan.ts';
import { memberRemovals } from '../../framing/member-removal.ts';
import { nestedMembers } from '../../framing/nested-members.ts';
import { splice } from '../../framing/splice.ts';

/** Of tools, what single clouds do not know. */
const early = 'eager_input_streaming', advanced = ['defer_loading', 'allowed_callers'];
const advancedBetas = /advanced-tool-use|tool-search/;
const toolSigns = [early, ...advanced].map((name) => Buffer.from(`"${name}"`));
const earlyBeta = 'fine-grained-tool-streaming-2025-05-14';
/** A longer one is refused by all. */
const longestUser = 256;

export interface ClaudeWrapping {
  /** The value of `anthropic_version`. */
  readonly version: string;
  /** Top-level members that the cloud refuses. */
  readonly refused: readonly string[];
  /** Whether betas travel in the body; else they stay in their header. */
  readonly betasInBody: boolean;
  /** Members of tools that it does not know go; what they ask for becomes a beta where there is one. */
  readonly plainTools?: true;
}

/** All other bytes stay. A body that cannot be read stays too: the upstream says what is wrong with it. */
export function claudeWrapping({ version, refused, betasInBody, plainTools }: ClaudeWrapping): (body: Buffer, betas: string) => Buffer {
  const scan = memberScan([...refused, 'anthropic_version', 'anthropic_beta', 'metadata']);
  return (given, clientBetas) => {
    const { body, betas } = plainTools ? withPlainTools(given, clientBetas) : { body: given, betas: clientBetas };
    const found = scan(body);
    if (found instanceof JsonFault) return body;
    const { members, inside } = found;
    const named = betasInBody && !members.has('anthropic_beta') ? betas.split(',').map((each) => each.trim()).filter(Boolean) : [];
    const added = [
      ...(members.has('anthropic_version') ? [] : [`"anthropic_version":${JSON.stringify(version)}`]),
      ...(named.length ? [`"anthropic_beta":${JSON.stringify(named)}`] : []),
    ];
    const user = members.get('metadata'), tooLong = plainTools && user && (text(member(valueOf(body, user), 'user_id')) ?? '').length > longestUser;
    const gone = [...refused.flatMap((name) => members.get(name) ?? []), ...(tooLong ? [user] : [])];
    const rest = splice(body, memberRemovals(body, gone));
    const isEmpty = !rest.subarray(inside).includes('"');
    return added.length ? splice(rest, [{ start: inside, end: inside, text: added.join(',') + (isEmpty ? '' : ',') }]) : rest;
  };
}

/** Bodies without such members cost three looks. */
function withPlainTools(body: Buffer, betas: string): { body: Buffer; betas: string } {
  if (!toolSigns.some((sign) => body.includes(sign))) return { body, betas };
  const known = advancedBetas.test(betas), names = known ? [early] : [early, ...advanced];
  const wanted = nestedMembers(body, [['tools'], '*', [early]]).some((span) => body.toString('latin1', span.start, span.end) === 'true');
  const gone = nestedMembers(body, [['tools'], '*', names]);
  return { body: gone.length > 0 ? splice(body, memberRemovals(body, gone)) : body, betas: wanted && !betas.includes(earlyBeta) ? [betas, earlyBeta].filter(Boolean).join(',') : betas };
}
