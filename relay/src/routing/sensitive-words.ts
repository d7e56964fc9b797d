/** Words that a prompt must not have (semantics 11.9). Without such words nothing is read. */
import { Failure } from '../failure/failure.ts';
import type { Json } from '../framing/json.ts';
import { parseJson } from '../dialects/json-member.ts';
import { WordSearch } from './word-search.ts';

/** Lists are replaced, never changed: what was made of one is valid as long as the list lives. */
const known = new WeakMap<readonly string[], WordSearch>();

/** Bytes in text form, addresses and seals: nobody wrote these. */
const unread = new Set(['data', 'b64_json', 'file_data', 'image_url', 'url', 'uri', 'fileUri', 'audio', 'signature', 'thoughtSignature', 'encrypted_content', 'id', 'model']);

/** Failure: `sensitive_words_detected`, without saying which. A body that is no JSON has no prompt in it. */
export function sensitiveFault(body: Buffer, words: readonly string[]): Failure | undefined {
  if (words.length === 0) return undefined;
  let search = known.get(words);
  if (!search) known.set(words, search = new WordSearch(words));
  const parsed = parseJson(body.toString('utf8'));
  return parsed !== undefined && speaks(parsed, search) ? new Failure('sensitive_words_detected') : undefined;
}

function speaks(value: Json, search: WordSearch): boolean {
  if (typeof value === 'string') return search.isIn(value);
  if (Array.isArray(value)) return value.some((one) => speaks(one, search));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => !(typeof one === 'string' && unread.has(name)) && speaks(one, search));
}
