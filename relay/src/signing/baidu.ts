/** Access tokens of Baidu's first API: https://ai.baidu.com/ai-doc/REFERENCE/Ck3dwjhhu */
import { member, text } from '../dialects/json-member.ts';
import { Failure } from '../failure/failure.ts';
import type { Means } from './signature.ts';

const usualLifeSeconds = 2_592_000;

export function baiduToken(clientId: string, clientSecret: string, base: string, means: Means): Promise<string | Failure> {
  return means.token(`baidu ${clientId} ${clientSecret}`, async (post, now) => {
    const query = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    const answer = await post(`${base}/oauth/2.0/token?${query.toString()}`, 'application/json', '');
    if (answer instanceof Failure) return answer;
    const token = text(member(answer, 'access_token')), lives = member(answer, 'expires_in');
    if (!token) return new Failure('channel:invalid_key', { note: text(member(answer, 'error_description')) ?? 'the issuer of tokens sent none' });
    return { token, expiresAt: now + (typeof lives === 'number' ? lives : usualLifeSeconds) * 1_000 };
  });
}
