/** Pages may load the widget of the human check, and nothing else from there, while the operator has it switched on. */
import type { HttpAnswer, HttpMessage } from '../../kernel/http/http-message.ts';
import { contentSecurity } from './security-headers.ts';

type Pages = (message: HttpMessage) => HttpAnswer | undefined;

/** @param originOf where the widget comes from; undefined while nobody is checked */
export function withHumanPolicy(pages: Pages, originOf: () => Promise<string | undefined>): (message: HttpMessage) => Promise<HttpAnswer | undefined> {
  return async (message) => {
    const answer = pages(message);
    if (!answer?.headers.some(([name, value]) => name === 'content-type' && value.startsWith('text/html'))) return answer;
    const origin = await originOf();
    return origin === undefined ? answer : { ...answer, headers: [...answer.headers, ['content-security-policy', contentSecurity(origin)]] };
  };
}
