/** Messages for clouds that host Claude: the address says which model, and a member which version of the dialect (providers 4.4, 4.6). */
import { JsonFault } from '../../framing/json-cursor.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { memberRemovals } from '../../framing/member-removal.ts';
import { splice } from '../../framing/splice.ts';

export interface ClaudeWrapping {
  /** The value of `anthropic_version`. */
  readonly version: string;
  /** Top-level members that the cloud refuses. */
  readonly refused: readonly string[];
  /** Whether betas travel in the body; else they stay in their header. */
  readonly betasInBody: boolean;
}

/** All other bytes stay. A body that cannot be read stays too: the upstream says what is wrong with it. */
export function claudeWrapping({ version, refused, betasInBody }: ClaudeWrapping): (body: Buffer, betas: string) => Buffer {
  const scan = memberScan([...refused, 'anthropic_version', 'anthropic_beta']);
  return (body, betas) => {
    const found = scan(body);
    if (found instanceof JsonFault) return body;
    const { members, inside } = found;
    const named = betasInBody && !members.has('anthropic_beta') ? betas.split(',').map((each) => each.trim()).filter(Boolean) : [];
    const added = [
      ...(members.has('anthropic_version') ? [] : [`"anthropic_version":${JSON.stringify(version)}`]),
      ...(named.length ? [`"anthropic_beta":${JSON.stringify(named)}`] : []),
    ];
    const gone = refused.flatMap((name) => { const span = members.get(name); return span ? [span] : []; });
    const rest = splice(body, memberRemovals(body, gone));
    const isEmpty = !rest.subarray(inside).includes('"');
    return added.length ? splice(rest, [{ start: inside, end: inside, text: added.join(',') + (isEmpty ? '' : ',') }]) : rest;
  };
}
