/** The name under which a family of model names is listed and priced (semantics 1.3). */

const budgets = /^(gemini-2\.5-(?:flash-lite|flash|pro)).*-thinking-\d+$/;

/** `gpt-4-gizmo-abc` is listed as `gpt-4-gizmo-*`, a thinking budget as `…-thinking-*`; any other name stays. */
export function normalisedModel(model: string): string {
  if (model.startsWith('gpt-4-gizmo')) return 'gpt-4-gizmo-*';
  if (model.startsWith('gpt-4o-gizmo')) return 'gpt-4o-gizmo-*';
  if (!model.startsWith('gemini-2.5-')) return model;
  const family = budgets.exec(model)?.[1];
  return family === undefined ? model : `${family}-thinking-*`;
}
