import { Failure } from '../../failure/failure.ts';
import type { Call, Header, Provider } from '../provider.ts';

/** Visible ASCII: what a header value may hold, and no line end to forge a second header with. */
const sendable = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/;

type HeaderFacts = Pick<Call, 'dialect' | 'credential' | 'extra'>;

/**
 * What a call carries beside its body: the content type, the headers of the dialect, and the provider's credential.
 *
 * @param client the request's own headers, when both ends speak this dialect (providers 1.2); else none pass
 */
export function upstreamHeaders(provider: Provider, { dialect, credential, extra }: HeaderFacts, client?: (name: string) => string): Header[] | Failure {
  const own = provider.authorize(credential, extra);
  if (!own.every(([, value]) => sendable.test(value))) {
    return new Failure('channel:invalid_key', { note: `the credential does not fit ${provider.name}` });
  }
  const passed = dialect.clientHeaders.flatMap((name): Header[] => {
    const value = client?.(name) ?? '';
    return sendable.test(value) ? [[name, value]] : [];
  });
  const fixed = dialect.headers.filter(([name]) => !passed.some(([given]) => given === name));
  return [['content-type', 'application/json'], ...passed, ...fixed, ...own];
}
