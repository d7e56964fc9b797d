/** Access tokens for a service account: https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
import { importPKCS8, SignJWT } from 'jose';
import { isObject, member, parseJson, text } from '../dialects/json-member.ts';
import { Failure } from '../failure/failure.ts';
import type { AccessToken, Means, Post } from './signature.ts';

const scope = 'https://www.googleapis.com/auth/cloud-platform';
const usualIssuer = 'https://oauth2.googleapis.com/token';
const lifeSeconds = 3_600;

export interface ServiceAccount { readonly email: string; readonly key: string; readonly keyId: string | undefined; readonly project: string; readonly issuer: string }

/** Undefined: it is no JSON of a service account. */
export function readServiceAccount(json: string): ServiceAccount | undefined {
  const parsed = parseJson(json);
  const email = text(member(parsed, 'client_email')), key = text(member(parsed, 'private_key')), project = text(member(parsed, 'project_id'));
  if (!isObject(parsed) || !email || !key || !project) return undefined;
  // Some copies have the two characters where a line should end.
  return { email, key: key.replaceAll('\\n', '\n'), keyId: text(parsed['private_key_id']), project, issuer: text(parsed['token_uri']) || usualIssuer };
}

export const googleToken = (account: ServiceAccount, means: Means): Promise<string | Failure> =>
  means.token(`google ${account.email} ${account.key}`, (post, now) => fetchToken(account, post, now));

async function fetchToken(account: ServiceAccount, post: Post, now: number): Promise<AccessToken | Failure> {
  const assertion = await assertionOf(account, Math.floor(now / 1_000));
  if (assertion === undefined) return new Failure('channel:invalid_key', { note: 'the private key of the service account cannot be read' });
  const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const answer = await post(account.issuer, 'application/x-www-form-urlencoded', form.toString());
  if (answer instanceof Failure) return answer;
  const token = text(member(answer, 'access_token')), lives = member(answer, 'expires_in');
  if (!token) return new Failure('channel:invalid_key', { note: 'the issuer of tokens sent none' });
  return { token, expiresAt: now + (typeof lives === 'number' ? lives : lifeSeconds) * 1_000 };
}

async function assertionOf({ email, key, keyId, issuer }: ServiceAccount, seconds: number): Promise<string | undefined> {
  try {
    const jwt = new SignJWT({ scope }).setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId ? { kid: keyId } : {}) });
    return await jwt.setIssuer(email).setAudience(issuer).setIssuedAt(seconds).setExpirationTime(seconds + lifeSeconds).sign(await importPKCS8(key, 'RS256'));
  } catch {
    return undefined;                                    // it is what somebody pasted
  }
}
