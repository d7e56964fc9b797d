/** What Bedrock calls the models of Anthropic, and where they can be called only through a profile (providers 4.4). */

/** Claude by any of its names, an ARN of it included. */
export const isClaude = (model: string): boolean => /(?:^|[.:/])(?:anthropic\.)?claude/.test(model);

/** Names of their own, and names that have no version behind them. */
const others: Readonly<Record<string, string>> = { 'claude-3-5-sonnet-20241022': 'anthropic.claude-3-5-sonnet-20241022-v2:0', 'claude-opus-4-6': 'anthropic.claude-opus-4-6-v1' };
const unversioned = /^claude-(?:sonnet-4-6|opus-4-[78]|opus-5|sonnet-5|fable)/;
/** These are called over an inference profile everywhere. */
const profiled = /^anthropic\.claude-(?:3-7|opus-4|sonnet-4|haiku-4|opus-5|sonnet-5|fable)/;
const areas: readonly (readonly [string, string])[] = [['us-', 'us.'], ['eu-', 'eu.'], ['ap-', 'apac.']];

/**
 * @param profile `auto`: where the model needs one, that of the region; `off`: none; else the prefix itself, as `global`
 * @returns the id under which Bedrock knows it; ids, ARNs and profiles stay
 */
export function bedrockModel(model: string, region: string, profile: string): string {
  const id = idOf(model);
  if (profile === 'off' || !/^[a-z]+\.[a-z]/.test(id) || /^(?:us|eu|apac|jp|au|global)\./.test(id)) return id;
  if (profile !== 'auto') return `${profile.replace(/\.$/, '')}.${id}`;
  const area = areas.find(([start]) => region.startsWith(start))?.[1];
  return area && profiled.test(id) ? area + id : id;
}

function idOf(model: string): string {
  if (!model.startsWith('claude')) return model;
  const known = Object.hasOwn(others, model) ? others[model] : undefined;
  return known ?? `anthropic.${model}${unversioned.test(model) ? '' : '-v1:0'}`;
}
