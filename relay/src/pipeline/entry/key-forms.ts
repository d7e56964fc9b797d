/** Where a key may stand, and what may stand inside it (relay-api 2). */
import type { KeyPlace } from '../../dialects/dialect.ts';
import type { RequestHeaders } from '../exchange.ts';

/** The parts of `sk-<key>-<channel>`. */
export interface PresentedKey {
  /** The 48 letters and digits; undefined when what was presented cannot be a key. */
  readonly secret: string | undefined;
  /** The text behind the second dash; undefined: not pinned. */
  readonly pin: string | undefined;
}

const secretForm = /^[0-9A-Za-z]{48}$/;

/** @param place which special header the surface knows; it wins over Authorization */
export function presentedKey(headers: RequestHeaders, query: string, place: KeyPlace): PresentedKey {
  return splitKey(special(headers, query, place) || headers.authorization);
}

function special(headers: RequestHeaders, query: string, place: KeyPlace): string {
  if (place === 'authorization') return '';
  if (place === 'api-key') return headers.apiKey;
  return headers.googApiKey || queryValue(query, 'key') || (place === 'any' ? headers.apiKey : '');
}

/** Any letter case of Bearer, or none; `sk-` may be left out. */
export function splitKey(text: string): PresentedKey {
  let key = text.trim();
  if (key.length > 7 && key[6] === ' ' && key.slice(0, 6).toLowerCase() === 'bearer') key = key.slice(7).trim();
  if (key.startsWith('sk-')) key = key.slice(3);
  const dash = key.indexOf('-');
  const secret = dash < 0 ? key : key.slice(0, dash);
  const pin = dash < 0 ? undefined : key.slice(dash + 1).split('-', 1)[0];
  return { secret: secretForm.test(secret) ? secret : undefined, pin };
}

/** The first value of a name in a query; empty when it is absent or not well written. */
export function queryValue(query: string, name: string): string {
  if (query === '') return '';
  return new URLSearchParams(query).get(name) ?? '';
}
