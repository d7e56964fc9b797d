import { isObject, parseJson, text } from '../dialects/json-member.ts';
import type { Credential, Provider } from './provider.ts';

/**
 * The fields of a stored secret: the one field of the form, or a JSON object of them. Undefined: it does not fit the form.
 */
export function readCredential(provider: Pick<Provider, 'credential'>, secret: string): Credential | undefined {
  const fields = Object.keys(provider.credential);
  const [only] = fields;
  if (only !== undefined && fields.length === 1) return { [only]: secret.trim() };
  const parsed = parseJson(secret);
  if (!isObject(parsed)) return undefined;
  const values = fields.flatMap((field) => { const value = text(parsed[field]); return value === undefined ? [] : [[field, value]]; });
  return values.length === fields.length ? Object.fromEntries(values) : undefined;
}
