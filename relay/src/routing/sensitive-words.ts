/** Words that a prompt must not have (semantics 11.9). Without such words nothing is read. */
import { Failure } from '../failure/failure.ts';
import type { Json } from '../framing/json.ts';
import type { RelayGuards } from '../gql/types.gen.ts';
import { parseJson } from '../dialects/json-member.ts';
import { BodyDraft } from './rules/body-draft.ts';
import { WordSearch } from './word-search.ts';

/** Lists are replaced, never changed: what was made of one is valid as long as the list lives. */
const known = new WeakMap<readonly string[], WordSearch>();

/** Bytes in text form, addresses and seals: nobody wrote these. */
const unread = new Set(['data', 'b64_json', 'file_data', 'image_url', 'url', 'uri', 'fileUri', 'audio', 'signature', 'thoughtSignature', 'encrypted_content', 'id', 'model']);

function searchFor(words: readonly string[]): WordSearch {
  let search = known.get(words);
  if (!search) known.set(words, search = new WordSearch(words));
  return search;
}

/** Failure: `sensitive_words_detected`, without saying which. A body that is no JSON has no prompt in it. */
export function sensitiveFault(body: Buffer, words: readonly string[]): Failure | undefined {
  if (words.length === 0) return undefined;
  const parsed = parseJson(body.toString('utf8'));
  return parsed !== undefined && speaks(parsed, searchFor(words)) ? new Failure('sensitive_words_detected') : undefined;
}

function speaks(value: Json, search: WordSearch): boolean {
  if (typeof value === 'string') return search.isIn(value);
  if (Array.isArray(value)) return value.some((one) => speaks(one, search));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => !(typeof one === 'string' && unread.has(name)) && speaks(one, search));
}

const black = '*';

/**
 * What of a body may go on: all of it, or all but the words.
 *
 * @returns a Failure, `sensitive_words_detected`, where the operator wants such a prompt stopped
 */
export function allowedBody(body: Buffer, { sensitiveWords: words, stopOnSensitive }: Pick<RelayGuards, 'sensitiveWords' | 'stopOnSensitive'>): Buffer | Failure {
  if (words.length === 0) return body;
  return stopOnSensitive ? sensitiveFault(body, words) ?? body : withoutWords(body, words);
}

/** The body with the words blacked out; the body itself where it has none. Members without such a word keep their bytes. */
function withoutWords(body: Buffer, words: readonly string[]): Buffer {
  const draft = words.length > 0 ? BodyDraft.of(body) : undefined;
  if (!draft) return body;
  const search = searchFor(words);
  for (const [name, value] of Object.entries(draft.root)) {
    if (typeof value === 'string' && unread.has(name)) continue;
    const cleaned = blackedOut(value, search);
    if (cleaned !== value) draft.set(name, cleaned);
  }
  return draft.bytes();
}

/** The value itself where nothing in it changes. */
function blackedOut(value: Json, search: WordSearch): Json {
  if (typeof value === 'string') return search.blackedOut(value, black) ?? value;
  if (Array.isArray(value)) {
    const list = value.map((one) => blackedOut(one, search));
    return list.some((one, index) => one !== value[index]) ? list : value;
  }
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  const members = Object.entries(value).map(([name, one]): [string, Json] => [name, typeof one === 'string' && unread.has(name) ? one : blackedOut(one, search)]);
  return members.some(([name, one]) => one !== value[name]) ? Object.fromEntries(members) : value;
}
