/** The JSON texts of `billing_setting.billing_mode` and `billing_setting.billing_expr`: models to words. */
import { isStorable } from '../../kernel/storable.ts';
import { expressionFault, faultText } from './check-expression.ts';
import type { PriceValues } from './price-fields.ts';

export const modeKey = 'billing_setting.billing_mode', expressionKey = 'billing_setting.billing_expr';
export const ruleKeys = [modeKey, expressionKey] as const;
export type RuleKey = (typeof ruleKeys)[number];

const longestModel = 255, mostModels = 10_000;
const tieredMode = 'tiered_expr';
/** What other sites write for a model that the ratios or the price of a request apply to. */
const otherModes = ['', 'ratio', 'price'];

function readWords(text: string): Map<string, string> | { fault: string } {
  let value: unknown;
  try { value = JSON.parse(text.trim() || '{}'); } catch { return { fault: '' }; }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: '' };
  const words = new Map<string, string>(), entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > mostModels) return { fault: '' };
  for (const [name, given] of entries) {
    const model = name.trim();
    if (!model || model.length > longestModel || !isStorable(model) || typeof given !== 'string' || !isStorable(given)) return { fault: name };
    words.set(model, given.trim());
  }
  return words;
}

/** Models whose expression is their price; or the fault, beginning with the name of the model. */
export function readModes(text: string): Map<string, boolean> | { fault: string } {
  const words = readWords(text);
  if ('fault' in words) return words;
  const wrong = [...words].find(([, mode]) => mode !== tieredMode && !otherModes.includes(mode));
  return wrong ? { fault: `${wrong[0]}: ${tieredMode} or nothing` } : new Map([...words].filter(([, mode]) => mode === tieredMode).map(([model]) => [model, true]));
}

export function readExpressions(text: string): Map<string, string> | { fault: string } {
  const words = readWords(text);
  if ('fault' in words) return words;
  for (const [model, expression] of words) {
    const fault = expressionFault(expression);
    if (fault) return { fault: `${model}: ${faultText(fault)}` };
  }
  return words;
}

/** The map as it is told: sorted by model. */
export function writeRules(key: RuleKey, rows: readonly (PriceValues & { model: string })[]): string {
  const told = rows.flatMap(({ model, tiered, expression }) => {
    const word = key === modeKey ? tiered && tieredMode : expression;
    return word ? [[model, word] as const] : [];
  });
  return JSON.stringify(Object.fromEntries(told.sort(([one], [other]) => (one < other ? -1 : 1))));
}
