/** What the error codes of a provider mean (providers 4 and 5): one row for each kind, in the file of the provider. */
import { parseJson } from '../../dialects/json-member.ts';
import { refusalWords } from '../../dialects/refusal-words.ts';
import { cleaned } from '../../dialects/upstream-refusal.ts';
import { Failure } from '../../failure/failure.ts';
import type { ProviderHooks } from '../provider.ts';

/** Codes as text, whole, or as far as a `*` at the end. */
export interface RefusalTable {
  /** The credential is wrong. */
  readonly key?: readonly string[];
  /** The account is out of money, frozen, or not allowed. */
  readonly account?: readonly string[];
  readonly rate?: readonly string[];
  readonly content?: readonly string[];
  readonly request?: readonly string[];
  readonly missing?: readonly string[];
  readonly tooLong?: readonly string[];
  readonly server?: readonly string[];
  /** It broke, and says so. */
  readonly internal?: readonly string[];
  /** It says no more than that it failed. */
  readonly unknown?: readonly string[];
  readonly timeout?: readonly string[];
}

const asFailure: Readonly<Record<keyof RefusalTable, (said: string | undefined, note: string) => Failure>> = {
  key: (_, note) => new Failure('channel:invalid_key', { note }),
  account: (_, note) => new Failure('channel:no_available_key', { note }),
  rate: (said, note) => refusal(429, said, note),
  content: (said, note) => refusal(400, said, note, 'content_policy_violation'),
  request: (said, note) => refusal(400, said, note),
  missing: (said, note) => refusal(404, said, note, 'model_not_found'),
  tooLong: (said, note) => refusal(400, said, note, 'context_length_exceeded'),
  server: (_, note) => refusal(503, undefined, note),
  internal: (_, note) => refusal(500, undefined, note),
  unknown: (_, note) => refusal(502, undefined, note),
  timeout: (_, note) => refusal(504, undefined, note),
};

const refusal = (status: number, said: string | undefined, note: string, upstreamCode?: string): Failure =>
  new Failure('bad_response_status_code', { status, note, ...(said ? { say: cleaned(said) } : {}), ...(upstreamCode ? { upstreamCode } : {}) });

const kinds: readonly (keyof RefusalTable)[] = ['key', 'account', 'rate', 'content', 'request', 'missing', 'tooLong', 'server', 'internal', 'unknown', 'timeout'];

/** A `readFailure` hook: codes that stand in no row mean what they usually do. */
export function meanings(table: RefusalTable): NonNullable<ProviderHooks['readFailure']> {
  return (status, body, usual) => {
    const { code, type, said } = refusalWords(parseJson(body.toString('utf8')));
    const kind = kinds.find((each) => table[each]?.some((pattern) => fits(pattern, code) || fits(pattern, type)));
    return kind ? asFailure[kind](said, `${status} ${code ?? ''} ${said ?? ''}`.slice(0, 500)) : usual;
  };
}

function fits(pattern: string, word: string | undefined): boolean {
  if (word === undefined) return false;
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;
}
