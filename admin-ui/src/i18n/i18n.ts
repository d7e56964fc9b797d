/** English and Chinese; a catalogue is loaded when its language is first used, what stands behind the sign-in not before somebody is signed in. */
import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;

type Part = 'doors' | 'inside' | 'admin';

const stored = 'weir-language';
const load: Record<Language, Record<Part, () => Promise<{ default: object }>>> = {
  en: { doors: () => import('./en.ts'), inside: () => import('./en-inside.ts'), admin: () => import('./en-admin.ts') },
  zh: { doors: () => import('./zh.ts'), inside: () => import('./zh-inside.ts'), admin: () => import('./zh-admin.ts') },
};
const wanted = new Set<Part>(['doors']), present = new Set<string>();

export const i18n: I18n = i18next;

function preferred(): Language {
  let chosen: string | null = null;
  try { chosen = localStorage.getItem(stored); } catch { /* storage is blocked: ask the browser */ }
  return (chosen ?? navigator.language).startsWith('zh') ? 'zh' : 'en';
}

async function bring(language: Language): Promise<void> {
  const missing = [...wanted].filter((part) => !present.has(`${language} ${part}`));
  await Promise.all(missing.map(async (part) => {
    i18next.addResourceBundle(language, 'translation', (await load[language][part]()).default, true);
    present.add(`${language} ${part}`);
  }));
}

/** Before the first page behind the sign-in is drawn. */
export async function bringInside(): Promise<void> {
  wanted.add('inside');
  await bring(i18next.language as Language);
}

/** Before the first page for administrators is drawn. */
export async function bringAdmin(): Promise<void> {
  wanted.add('admin');
  await bring(i18next.language as Language);
}

export async function startI18n(): Promise<I18n> {
  const lng = preferred();
  await i18next.use(initReactI18next).init({ lng, resources: {}, interpolation: { escapeValue: false }, returnNull: false });
  await chooseLanguage(lng);
  return i18next;
}

export async function chooseLanguage(language: Language): Promise<void> {
  await bring(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  try { localStorage.setItem(stored, language); } catch { /* it lasts for this page, then */ }
}
