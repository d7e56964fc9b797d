/**
 * Completion ratio of a model for which none is set: by family, from the vendors' list prices (semantics 1.4). A value that
 * the operator sets always wins; these are only defaults.
 */
const one = 1_000_000;

interface Family { matches: RegExp; ratio: number }

/** Read from top to bottom; the first that matches counts. */
const families: readonly Family[] = [
  { matches: /-all$|gizmo-\*$/, ratio: 2 * one },
  { matches: /^gpt-4o-mini-tts/, ratio: 20 * one },
  { matches: /^(gpt-4o-2024-05-13$|chatgpt-4o-latest$|gpt-4-turbo)/, ratio: 3 * one },
  { matches: /^gpt-4o/, ratio: 4 * one },
  { matches: /^gpt-4\.5-preview/, ratio: 2 * one },
  { matches: /^gpt-5\.4-nano/, ratio: 6_250_000 },
  { matches: /^gpt-5\.([4-9]|\d\d)/, ratio: 6 * one },
  { matches: /^gpt-5/, ratio: 8 * one },
  { matches: /^(o1|o3|o4)/, ratio: 4 * one },
  { matches: /^gpt-3\.5.*0125$|^gpt-3\.5-turbo$/, ratio: 3 * one },
  { matches: /^gpt-3\.5.*1106$/, ratio: 2 * one },
  { matches: /^gpt-3\.5/, ratio: 1_333_333 },
  { matches: /^claude-3|^claude-.+-4/, ratio: 5 * one },
  { matches: /^mistral-/, ratio: 3 * one },
  { matches: /^gemini-(1\.5|2\.0)/, ratio: 4 * one },
  { matches: /^gemini-2\.5-pro/, ratio: 8 * one },
  { matches: /^gemini-2\.5-flash/, ratio: 8_333_333 },
  { matches: /^command-r-plus$/, ratio: 5 * one },
  { matches: /^command-r$/, ratio: 3 * one },
  { matches: /^command-/, ratio: 4 * one },
];

/** In millionths. */
export const familyCompletionRatio = (model: string): number => families.find(({ matches }) => matches.test(model))?.ratio ?? one;
