/** What a setting is: its type, default, check. One per key; the list is option-registry.ts. */
import { registerEnumType } from 'type-graphql';

export enum OptionKind { TEXT = 'TEXT', NUMBER = 'NUMBER', BOOLEAN = 'BOOLEAN', LIST = 'LIST', JSON = 'JSON' }
registerEnumType(OptionKind, {
  name: 'OptionKind',
  valuesConfig: { LIST: { description: 'Text, one entry a line or parted by commas.' }, JSON: { description: 'JSON text.' } },
});

export interface OptionSpec {
  readonly kind: OptionKind;
  /** Text form of the default. */
  readonly fallback: string;
  readonly describe: string;
  /** The text as it is stored, or the reason why it cannot be. */
  readonly read: (text: string) => { text: string } | { refusal: string };
  /** Whether relays must hear of a change. */
  readonly relays?: boolean;
  /** Whether it says something about every group: relays must see all of them anew. */
  readonly groups?: boolean;
  /** Stored encrypted and never told again; an empty value leaves what is stored (SEC-06). */
  readonly secret?: boolean;
  /** Keys that must have a value before this switch may be turned on. */
  readonly needs?: readonly string[];
}

/** A text that is no longer than this is a name: it stands in headers of mails, in titles, in addresses. */
const longestName = 255;

type Extra = Pick<OptionSpec, 'describe' | 'relays' | 'needs'>;

export const text = (fallback: string, longest: number, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.TEXT, fallback,
  read: (given) => {
    if (given.length > longest) return { refusal: `at most ${longest} characters` };
    return longest <= longestName && /\p{Cc}/u.test(given) ? { refusal: 'one line, without control characters' } : { text: given };
  },
});

export const integer = (fallback: number, min: number, max: number, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.NUMBER, fallback: String(fallback),
  read: (given) => {
    const value = /^-?\d{1,15}$/.test(given.trim()) ? Number(given) : Number.NaN;
    return value >= min && value <= max ? { text: String(value) } : { refusal: `a whole number from ${min} to ${max}` };
  },
});

export const flag = (fallback: boolean, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.BOOLEAN, fallback: String(fallback),
  read: (given) => {
    const value = given.trim().toLowerCase();
    return value === 'true' || value === 'false' ? { text: value } : { refusal: 'true or false' };
  },
});

const mostEntries = 1_000;

export const listOf = (text: string): string[] => text.split(/[\n,]/).map((entry) => entry.trim()).filter(Boolean);

export const list = (check: (entry: string) => string | undefined, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.LIST, fallback: '',
  read: (given) => {
    const entries = [...new Set(listOf(given))];
    const refusal = entries.length > mostEntries ? `at most ${mostEntries} entries` : entries.map(check).find(Boolean);
    return refusal ? { refusal } : { text: entries.join(',') };
  },
});

/** Text that is stored encrypted. Read it with SiteSecrets. */
export const secret = (extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.TEXT, fallback: '', secret: true,
  read: (given) => (given.length <= 4_096 ? { text: given.trim() } : { refusal: 'at most 4096 characters' }),
});

/** An http or https address without a final slash; empty: none. */
export const url = (fallback: string, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.TEXT, fallback,
  read: (given) => {
    if (given === '') return { text: '' };
    const parsed = URL.parse(given);
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password || given.length > 2_048) return { refusal: 'an http or https address without user name' };
    return { text: given.replace(/\/+$/, '') };
  },
});

/** One of these words. */
export const choice = (fallback: string, words: readonly string[], extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.TEXT, fallback,
  read: (given) => (words.includes(given) ? { text: given } : { refusal: `one of ${words.map((word) => word || '(empty)').join(', ')}` }),
});

/** A number with at most six places, kept as it is written. */
export const decimal = (fallback: string, min: number, max: number, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.NUMBER, fallback,
  read: (given) => {
    const words = given.trim(), value = /^\d{1,9}(\.\d{1,6})?$/.test(words) ? Number(words) : Number.NaN;
    return value >= min && value <= max ? { text: words } : { refusal: `a number from ${min} to ${max} with at most six places` };
  },
});

/** JSON text that the check accepts: it gives the reason why not, or nothing. */
export const json = (fallback: string, check: (value: unknown) => string | undefined, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.JSON, fallback,
  read: (given) => {
    let value: unknown;
    try { value = JSON.parse(given.trim() || fallback); } catch { return { refusal: 'JSON' }; }
    const refusal = given.length <= 100_000 ? check(value) : 'at most 100000 characters';
    return refusal ? { refusal } : { text: given.trim() || fallback };
  },
});
