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
}

type Extra = Pick<OptionSpec, 'describe' | 'relays'>;

export const text = (fallback: string, longest: number, extra: Extra): OptionSpec => ({
  ...extra, kind: OptionKind.TEXT, fallback,
  read: (given) => (given.length <= longest ? { text: given } : { refusal: `at most ${longest} characters` }),
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
