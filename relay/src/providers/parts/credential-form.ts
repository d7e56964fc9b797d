import { isObject, parseJson, text } from '../../dialects/json-member.ts';
import type { Credential, Provider } from '../provider.ts';

/**
 * The fields of a stored secret: one field that is the whole of it, pieces with `|` between them, or a JSON object of fields.
 * Undefined: it does not fit the form.
 */
export function readCredential({ credential: form, pieces }: Pick<Provider, 'credential' | 'pieces'>, stored: string): Credential | undefined {
  const secret = stored.trim(), names = Object.keys(form), [only] = names;
  if (only !== undefined && names.length === 1) return { [only]: secret };
  return secret.startsWith('{') ? fromObject(names, pieces ?? [names], secret) : fromPieces(pieces ?? [names], secret);
}

function fromObject(names: readonly string[], forms: readonly (readonly string[])[], secret: string): Credential | undefined {
  const parsed = parseJson(secret);
  if (!isObject(parsed)) return undefined;
  const fields = names.flatMap((name) => { const value = text(parsed[name]); return value === undefined ? [] : [[name, value]]; });
  const credential: Credential = Object.fromEntries(fields);
  return forms.some((form) => form.every((name) => Object.hasOwn(credential, name))) ? credential : undefined;
}

function fromPieces(forms: readonly (readonly string[])[], secret: string): Credential | undefined {
  const pieces = secret.split('|').map((piece) => piece.trim());
  const names = forms.find((each) => each.length === pieces.length);
  return names && pieces.every((piece) => piece !== '') ? Object.fromEntries(names.map((name, index) => [name, pieces[index] ?? ''])) : undefined;
}
