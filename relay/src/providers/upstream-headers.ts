import { Failure } from '../failure/failure.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { isObject, parseJson, text } from '../dialects/json-member.ts';
import type { Credential, Header, Provider } from './provider.ts';

/** Visible ASCII: what a header value may hold, and no line end to forge a second header with. */
const sendable = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/;

/**
 * What a call carries beside its body: the content type, the headers of the dialect, and the provider's credential.
 *
 * @param secret as it is stored: the one field of the credential, or a JSON object of them
 * @param client the request's own headers, when both ends speak this dialect (providers 1.2); else none pass
 */
export function upstreamHeaders(provider: Provider, dialect: Dialect, secret: string, client?: (name: string) => string): Header[] | Failure {
  const credential = readCredential(provider, secret);
  const own = credential && provider.authorize(credential);
  if (!own || !own.every(([, value]) => sendable.test(value))) {
    return new Failure('channel:invalid_key', { note: `the credential does not fit ${provider.name}` });
  }
  const passed = dialect.clientHeaders.flatMap((name): Header[] => {
    const value = client?.(name) ?? '';
    return sendable.test(value) ? [[name, value]] : [];
  });
  const fixed = dialect.headers.filter(([name]) => !passed.some(([given]) => given === name));
  return [['content-type', 'application/json'], ...passed, ...fixed, ...own];
}

function readCredential(provider: Provider, secret: string): Credential | undefined {
  const fields = Object.keys(provider.credential);
  const [only] = fields;
  if (only !== undefined && fields.length === 1) return { [only]: secret.trim() };
  const parsed = parseJson(secret);
  if (!isObject(parsed)) return undefined;
  const values = fields.flatMap((field) => { const value = text(parsed[field]); return value === undefined ? [] : [[field, value]]; });
  return values.length === fields.length ? Object.fromEntries(values) : undefined;
}
