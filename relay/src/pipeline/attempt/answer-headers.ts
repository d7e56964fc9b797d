/** What of an upstream's head its client sees (providers 1.2). Cookies, encodings and lengths never: they are of that connection. */
import type { UpstreamAnswer } from '../../upstream/upstream.ts';

/** Under which names providers give the id of a request. */
const ids = new Set(['x-request-id', 'request-id', 'x-amzn-requestid', 'x-goog-request-id']);
const always = new Set(['retry-after', 'retry-after-ms', 'x-should-retry']);
const a = 0x61, r = 0x72, x = 0x78, lower = 0x20;
const visible = /^[\x20-\x7e]{1,512}$/;

/**
 * Name, value, name, value …
 *
 * @param sameDialect the client speaks the upstream's own dialect: then limits mean to it what they say
 */
export function answerHeaders({ fields }: Pick<UpstreamAnswer, 'fields'>, sameDialect: boolean): string[] {
  const shown: string[] = [];
  let named = false;
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const field = fields[at]!;
    const first = field.charCodeAt(0) | lower;
    if (first !== x && first !== r && first !== a) continue;
    const name = field.toLowerCase(), value = fields[at + 1]!;
    const isLimit = name.startsWith('x-ratelimit-') || name.startsWith('anthropic-ratelimit-');
    if (isLimit ? sameDialect : always.has(name)) { if (visible.test(value)) shown.push(name, value); }
    else if (!named && !isLimit && ids.has(name) && visible.test(value)) { named = true; shown.push('x-upstream-request-id', value); }
  }
  return shown;
}
