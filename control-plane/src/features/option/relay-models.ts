/** The part of `settings:site` that speaks of single families of models. */
import type { RelayModelHeader, RelayModels, RelayNamedCount, RelayNamedText, RelayResponsesPolicy, RelayToolPrice } from '../relay-link/wire/models.ts';
import { policyForm } from './responses-policy.ts';
import type { OptionKey } from './option-registry.ts';
import type { OptionValues } from './relay-routing.ts';

const MILLION = 1_000_000;

export function modelsOf(values: OptionValues): RelayModels {
  const on = (key: OptionKey): boolean => values.get(key) === 'true';
  const millionths = (key: OptionKey): number => Math.round(Number(values.get(key)) * MILLION);
  const read = <Value>(key: OptionKey): Value => JSON.parse(values.get(key)!) as Value;
  return {
    verbatim: read('global.thinking_model_blacklist'),
    responses: policyOf(read('global.chat_completions_to_responses_policy')),
    claude: {
      limits: counts(read('claude.default_max_tokens')), headers: headers(read('claude.model_headers_settings')),
      thinking: on('claude.thinking_adapter_enabled'), thinkingShare: millionths('claude.thinking_adapter_budget_tokens_percentage'),
    },
    gemini: {
      safety: texts(read('gemini.safety_settings')), versions: texts(read('gemini.version_settings')), pictures: read('gemini.supported_imagine_models'),
      thinking: on('gemini.thinking_adapter_enabled'), thinkingShare: millionths('gemini.thinking_adapter_budget_tokens_percentage'),
      callSignatures: on('gemini.function_call_thought_signature_enabled'), withoutCallIds: on('gemini.remove_function_response_id_enabled'),
    },
    violationFee: on('grok.violation_deduction_enabled') ? millionths('grok.violation_deduction_amount') : 0,
    atOnce: read('qwen.sync_image_models'),
    toolPrices: toolPrices(read('tool_price_setting.prices')),
  };
}

type Numbers = Record<string, number>;
type Texts = Record<string, string>;

const counts = (map: Numbers): RelayNamedCount[] => Object.entries(map).map(([name, count]) => ({ name, count }));
const texts = (map: Texts): RelayNamedText[] => Object.entries(map).map(([name, text]) => ({ name, text }));
const toolPrices = (map: Numbers): RelayToolPrice[] => Object.entries(map).map(([name, price]) => ({ name, price: Math.round(price * MILLION) }));

const headers = (map: Record<string, Record<string, string[]>>): RelayModelHeader[] =>
  Object.entries(map).flatMap(([model, own]) => Object.entries(own).map(([name, values]) => ({ model, name: name.toLowerCase(), values })));

function policyOf(given: unknown): RelayResponsesPolicy | null {
  const { data } = policyForm.safeParse(given);
  if (!data) return null;                                // kept from a version that did not check it
  const { enabled, all_channels: allChannels, channel_ids: channels, channel_types: types, model_patterns: models } = data;
  return enabled && models.length > 0 ? { allChannels, channels, types, models } : null;
}
