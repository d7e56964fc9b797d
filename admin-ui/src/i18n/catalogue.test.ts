/** Both languages are whole, and nothing in them is left over. */
import { describe, expect, it } from 'vitest';
import enDoors from './en.ts';
import enAdmin from './en-admin.ts';
import enInside from './en-inside.ts';
import zhDoors from './zh.ts';
import zhAdmin from './zh-admin.ts';
import zhInside from './zh-inside.ts';

const en = { ...enDoors, ...enInside, ...enAdmin }, zh = { ...zhDoors, ...zhInside, ...zhAdmin };

const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*', '!../gql/**', '!../i18n/**'], { query: '?raw', import: 'default', eager: true });
const code = Object.values(files).join('\n');

type Branch = { [key: string]: string | Branch };
const flat = (branch: Branch, prefix = ''): [string, string][] =>
  Object.entries(branch).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`)));

const english = flat(en), chinese = flat(zh), keys = english.map(([key]) => key);
const plural = /_(?:one|other)$/;
const base = new Set(keys.map((key) => key.replace(plural, '')));
const groups = new Set(Object.keys(en));

/** Texts in quotes that look like a key: `t('a.b')`, and where a key is handed on before it is said. */
const named = [...code.matchAll(/['"`]([a-zA-Z]+\.[A-Za-z]\w*)['"`]/g)].map(([, key]) => key!).filter((key) => groups.has(key.split('.')[0]!));
/** The beginnings of keys that end in a value, as in `log.type_${type}`. */
const prefixes = [...code.matchAll(/`([a-zA-Z]+\.[A-Za-z_]*)\$\{/g)].map(([, prefix]) => prefix!);
/** Both arms of t(`a`/`b`) and t(flag ? 'a.b' : 'a.c') are found as named ones. */
const isUsed = (key: string) => named.includes(key) || prefixes.some((prefix) => key.startsWith(prefix));

const placeholders = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));

describe('catalogues', () => {
  it('have the same keys', () => expect(chinese.map(([key]) => key).sort()).toEqual([...keys].sort()));
  it('have every key that the sources name', () => expect(named.filter((key) => !base.has(key))).toEqual([]));
  it('have something for every prefix', () => expect(prefixes.filter((prefix) => !keys.some((key) => key.startsWith(prefix)))).toEqual([]));
  it('have no key that nothing names', () => expect([...base].filter((key) => !isUsed(key))).toEqual([]));
  it('have no empty text', () => expect([...english, ...chinese].filter(([, text]) => !text.trim())).toEqual([]));
  it('are translated', () => expect(chinese.filter(([key, text]) => text === english.find(([other]) => other === key)?.[1] && /[a-z]{3}/i.test(text)).map(([key]) => key)).toEqual([]));
  it('name the same values in both', () => {
    const translated = new Map(chinese);
    for (const [key, text] of english) expect(placeholders(translated.get(key) ?? ''), key).toEqual(placeholders(text));
  });
  it('are read from sources that are there', () => expect(named.length).toBeGreaterThan(100));
});
