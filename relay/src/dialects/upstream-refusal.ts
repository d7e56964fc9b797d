/**
 * What an upstream said when it refused: which side is to blame, and what of it a client may read (dialects 9.3). Both dialects
 * put their words in `error`, so one reading serves them; providers with other words have the `readFailure` hook.
 */
import { Failure } from '../failure/failure.ts';
import type { FailureCode } from '../failure/catalogue.ts';
import { parseJson } from './json-member.ts';
import { refusalWords } from './refusal-words.ts';

const invalidKey = new Set(['invalid_api_key', 'authentication_error', 'account_deactivated', 'unsupported_country_region_territory']);
const noBalance = new Set(['insufficient_quota', 'billing_error', 'billing_hard_limit_reached', 'insufficient_balance']);
const balanceWords = /credit balance|insufficient balance|exceeded your current quota|billing/i;
const tooLong = new Set(['context_length_exceeded', 'string_above_max_length']);
const againstPolicy = /^content_(filter|policy_violation)$|data_?inspection_?failed|sensitive/i;
const contextWords = /maximum context length|prompt is too long|context window/i;

export function readRefusal(status: number, body: Buffer): Failure {
  const parsed = parseJson(body.toString('utf8', 0, Math.min(body.length, 64 << 10)));
  const { said, code, type: upstreamType, param } = refusalWords(parsed);
  const note = `${status} ${code ?? ''} ${upstreamType ?? ''} ${said ?? ''}`.slice(0, 500);
  const own = channelFault(status, [code ?? '', upstreamType ?? ''], said ?? '');
  if (own) return new Failure(own, { note });
  const incurable = incurableCode([code ?? '', upstreamType ?? ''], said ?? '');
  const upstreamCode = incurable ?? code;
  return new Failure('bad_response_status_code', {
    status: incurable && status >= 500 ? 400 : clientStatus(status), note, ...(incurable ? { incurable: true as const } : {}),
    ...(said ? { say: cleaned(said) } : {}),
    ...(upstreamCode ? { upstreamCode } : {}),
    ...(upstreamType ? { upstreamType } : {}),
    ...(param ? { param } : {}),
  });
}

/** What no other channel would take either (dialects 9.3): the code of its kind, or the word that the upstream has for it. */
function incurableCode(words: readonly string[], said: string): string | undefined {
  if (words.some((word) => tooLong.has(word)) || contextWords.test(said)) return 'context_length_exceeded';
  return words.find((word) => againstPolicy.test(word));
}

/** Faults of our account at the provider: another channel may do better, and the client must not read about them. */
function channelFault(status: number, words: readonly string[], said: string): FailureCode | undefined {
  if (status === 401 || status === 403 || words.some((word) => invalidKey.has(word))) return 'channel:invalid_key';
  if (status === 402 || words.some((word) => noBalance.has(word)) || (status === 400 && /credit balance/i.test(said))) return 'channel:no_available_key';
  return status === 429 && balanceWords.test(said) ? 'channel:no_available_key' : undefined;
}

/** The statuses that words of refusal stand for; the first that fits. Numbers are statuses themselves. */
const wordStatuses: readonly (readonly [RegExp, number])[] = [
  [/overloaded_error/i, 529], [/overload|unavailable|capacity/i, 503], [/rate.?limit|resource_exhausted|too_many/i, 429], [/timeout|deadline/i, 504], [/too_large/i, 413],
  [/not_found/i, 404], [/authentication|unauthenticated|invalid_api_key/i, 401], [/permission/i, 403], [/quota|billing|balance/i, 402],
  [/invalid|context_length|content_filter|content_policy|string_above|sensitive|inspection|prohibited/i, 400],
];

/** Without a word for it only the plainest sentences are believed. */
const sentences: typeof wordStatuses = [[contextWords, 400], [/\boverloaded\b/i, 503], [/\brate limit/i, 429]];

function statusOf(said: string, word: string): number {
  const number = Number(word);
  if (number >= 400 && number <= 599) return number;
  const found = word === '' ? sentences.find(([pattern]) => pattern.test(said)) : wordStatuses.find(([pattern]) => pattern.test(word));
  return found?.[1] ?? 502;
}

/**
 * What an upstream said inside an answer that it had begun as a success: as if it had refused with the status that it means. Of what
 * breaks inside it clients read no words.
 *
 * @param kind its word, or number, for what happened
 */
export function readBreak(code: 'answer_cut' | 'bad_response_status_code', said: string, kind = ''): Failure {
  const status = statusOf(said, kind);
  const { code: own, details } = readRefusal(status, Buffer.from(JSON.stringify({ error: { message: said, code: kind } })));
  const note = `${kind} ${said}`.trim().slice(0, 500);
  if (own !== 'bad_response_status_code') return code === 'answer_cut' ? new Failure(code, { note }) : new Failure(own, { note });
  const { say, upstreamCode, ...known } = details;
  return new Failure(code, { ...known, note, ...(status < 500 || known.incurable ? { ...(say === undefined ? {} : { say }), ...(upstreamCode === undefined ? {} : { upstreamCode }) } : {}) });
}

/**
 * What takes the place of an error inside a stream that passes as bytes: of one that is about our key, or that shows what nobody may
 * read. Undefined: it passes. What is said of a balance does so, too: in the middle of a stream bytes stay as they came, and official
 * clients find there what they find without us (decision 0005).
 *
 * @param words that the upstream has for what happened
 * @param event all that it says of it
 */
export function hiddenBreak(said: string, words: readonly string[], event: string): Failure | undefined {
  const isOurs = words.some((word) => channelFault(statusOf(said, word), [word], '') === 'channel:invalid_key');
  return isOurs || !isHarmless(event) ? new Failure('answer_cut', { note: `${words.join(' ')} ${said}`.trim().slice(0, 500) }) : undefined;
}

/** Dialects 9.3, last paragraph. */
function clientStatus(status: number): number {
  if (status === 422) return 400;
  if (status === 408) return 504;
  if (status === 400 || status === 404 || status === 413 || status === 429 || status === 503 || status === 504 || status === 529) return status;
  return 502;
}

/** Keys, addresses and account names do not leave (semantics 2.5). */
export function cleaned(said: string): string {
  return said
    .replace(/\bhttps?:\/\/\S+/gi, '[address]')
    .replace(/\b(?:sk|pk|key|org|acct|proj)[-_][\w*.-]{6,}/gi, '[hidden]')
    .replace(/\bBearer\s+\S+/gi, '[hidden]')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[address]')
    .slice(0, 2000);
}

const secrets = /\b(?:sk|pk|key|org|acct|proj)[-_][\w*.-]{6,}|\bBearer\s+\S+|\b\d{1,3}(?:\.\d{1,3}){3}\b|https?:\/\/[^\s"]*(?:@|[?&]\w*(?:key|token|sig)\w*=)/i;

/** Whether a text can go out as it is: no keys, no accounts, no machines of ours. */
export const isHarmless = (text: string): boolean => !secrets.test(text);
