/** Headers that a channel adds (semantics 3.6): texts, `{api_key}`, `{client_header:Name}`, and names that stand for a client's own headers. */
import { isObject, parseJson } from '../../dialects/json-member.ts';
import type { HeaderDraft } from './header-draft.ts';

export type HeaderOverride = readonly (readonly [name: string, value: string])[];

/** Undefined: the text is none. */
export function readHeaderOverride(text: string): HeaderOverride | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const entries: [string, string][] = [];
  for (const [name, one] of Object.entries(value)) {
    if (typeof one === 'string') entries.push([name, one]);
    else if (typeof one === 'number' || typeof one === 'boolean') entries.push([name, String(one)]);
    else if (one !== null) return undefined;
  }
  return entries;
}

const pattern = /^(?:re|regex):(.+)$/s;
const placeholder = /\{(api_key|client_header:([^}]{1,100}))\}/g;

function fitting(source: string): (name: string) => boolean {
  try {
    const expression = new RegExp(source, 'i');
    return (name) => expression.test(name);
  } catch {
    return () => false;                                  // an expression that cannot be read: the control plane lets none pass
  }
}

/** A value that speaks of a header which the client did not send is not sent. */
function filled(value: string, headers: HeaderDraft, apiKey: string): string | undefined {
  let missing = false;
  const text = value.replace(placeholder, (_, what: string, name: string | undefined) => {
    const found = what === 'api_key' ? apiKey : headers.fromClient(name ?? '');
    if (found === undefined) missing = true;
    return found ?? '';
  });
  return missing ? undefined : text;
}

export function overrideHeaders(override: HeaderOverride, headers: HeaderDraft, apiKey: string): void {
  for (const [name, value] of override) {
    const source = pattern.exec(name)?.[1];
    if (name === '*') headers.pass(() => true);
    else if (source !== undefined) headers.pass(fitting(source));
    else if (value === '') headers.delete(name);
    else { const text = filled(value, headers, apiKey); if (text !== undefined) headers.set(name, text); }
  }
}
