/** Settings whose text is JSON, checked against a form. */
import type { z } from 'zod';
import { OptionKind, type OptionSpec } from './option-spec.ts';

const longest = 200_000;

function read(form: z.ZodType, given: string): { text: string } | { refusal: string } {
  if (given.length > longest) return { refusal: `at most ${longest} characters` };
  let value: unknown;
  try { value = JSON.parse(given); } catch { return { refusal: 'JSON' }; }
  const { error } = form.safeParse(value);
  const issue = error?.issues[0];
  return issue ? { refusal: `${issue.path.join('.')}: ${issue.message}`.replace(/^: /, '') } : { text: given.trim() };
}

/** Stored as it was written, so that an operator finds it again; blank stands for the default. */
export const json = (fallback: string, form: z.ZodType, extra: Pick<OptionSpec, 'describe' | 'relays' | 'groups'>): OptionSpec => ({
  ...extra, kind: OptionKind.JSON, fallback, read: (given) => (given.trim() ? read(form, given) : { text: fallback }),
});
