/** What a provider can do, as the operator of a channel has it (providers 6): by patterns of its names for models. */
import type { Json } from '../../dialects/chat-event.ts';
import { isObject } from '../../dialects/json-member.ts';
import type { Capabilities } from './capabilities.ts';

export interface AbilityRule { readonly fits: (model: string) => boolean; readonly able: Partial<Capabilities> }

const yesNo: readonly Json[] = [true, false];
/** The words of the setting, what each may say, and what it means. */
const forms: Readonly<Record<string, { readonly is: keyof Capabilities; readonly may: readonly Json[] }>> = {
  stream_usage: { is: 'streamUsage', may: ['asked', 'always', 'never'] },
  tools: { is: 'tools', may: yesNo },
  forced_tool: { is: 'forcedTool', may: ['any', 'required', 'named', 'none'] },
  one_call: { is: 'oneCall', may: yesNo },
  json_schema: { is: 'jsonSchema', may: ['native', 'object', 'words'] },
  images: { is: 'images', may: ['any', 'bytes', 'none'] },
  documents: { is: 'documents', may: yesNo },
  audio: { is: 'audio', may: yesNo },
  videos: { is: 'videos', may: yesNo },
  cache_marks: { is: 'cacheMarks', may: yesNo },
  several_answers: { is: 'severalAnswers', may: yesNo },
  stream_only: { is: 'streamOnly', may: yesNo },
  think_tags: { is: 'thinkTags', may: yesNo },
  think_open_implicit: { is: 'thinkOpen', may: yesNo },
  system: { is: 'system', may: ['anywhere', 'first'] },
};

/** `{"*": {"images": "bytes"}, "llava-*": {…}}`; a later pattern wins. Undefined: none. What it cannot say is passed over. */
export function readAbilities(value: Json | undefined): readonly AbilityRule[] | undefined {
  if (!isObject(value)) return undefined;
  const rules = Object.entries(value).flatMap(([pattern, said]): AbilityRule[] => {
    const members = isObject(said) ? Object.entries(said).filter(([name, one]) => Object.hasOwn(forms, name) && forms[name]?.may.includes(one)) : [];
    return members.length > 0 ? [{ fits: fitting(pattern), able: Object.fromEntries(members.map(([name, one]) => [forms[name]!.is, one])) }] : [];
  });
  return rules.length > 0 ? rules : undefined;
}

const fitting = (pattern: string) => (model: string): boolean => (pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : model === pattern);

export const withAbilities = (able: Capabilities, rules: readonly AbilityRule[] | undefined, model: string): Capabilities =>
  (rules ? rules.reduce((known, rule) => (rule.fits(model) ? { ...known, ...rule.able } : known), able) : able);
