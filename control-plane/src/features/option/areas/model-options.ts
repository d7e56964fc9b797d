/** Settings of single families of models (semantics 11.11). Kept for consoles and imports: relays do by themselves what the defaults say. */
import { z } from 'zod';
import { json } from '../json-option.ts';
import { decimal, flag, type OptionSpec } from '../option-spec.ts';

const name = z.string().min(1).max(255);
const names = z.array(name).max(1_000);
const texts = z.record(name, z.string().max(500));
const share = (fallback: string, describe: string): OptionSpec => decimal(fallback, 0.002, 1, { describe });

const imagineModels = JSON.stringify(['gemini-2.0-flash-exp-image-generation', 'gemini-2.0-flash-exp', 'gemini-3-pro-image-preview', 'gemini-2.5-flash-image']);

export const modelOptions = {
  'global.thinking_model_blacklist': json('[]', names, { describe: 'Models whose names end in -thinking and mean themselves: a JSON list.' }),
  'global.chat_completions_to_responses_policy': json('{}', z.record(z.string(), z.unknown()), { describe: 'Which chat requests go upstream as Responses: a JSON object, as compatible consoles write it.' }),
  'claude.default_max_tokens': json('{"default":8192}', z.record(name, z.int().min(1).max(10_000_000)), { describe: 'Output limit of Claude requests that name none: model to tokens, `default` for the others.' }),
  'claude.model_headers_settings': json('{}', z.record(name, z.record(name, z.array(z.string().max(500)).max(50))), { describe: 'Headers of Claude requests: model to header to values.' }),
  'claude.thinking_adapter_enabled': flag(true, { describe: 'Whether -thinking at the end of a Claude model asks for thinking.' }),
  'claude.thinking_adapter_budget_tokens_percentage': share('0.8', 'Share of the output limit that it may think.'),
  'gemini.safety_settings': json('{"default":"OFF"}', texts, { describe: 'Safety thresholds of Gemini: category to threshold, `default` for the others.' }),
  'gemini.version_settings': json('{"default":"v1beta","gemini-1.0-pro":"v1"}', texts, { describe: 'API versions of Gemini: model to version, `default` for the others.' }),
  'gemini.supported_imagine_models': json(imagineModels, names, { describe: 'Gemini models that answer with pictures: a JSON list.' }),
  'gemini.thinking_adapter_enabled': flag(false, { describe: 'Whether -thinking and -nothinking at the end of a Gemini model set its thinking.' }),
  'gemini.thinking_adapter_budget_tokens_percentage': share('0.6', 'Share of the output limit that it may think.'),
  'gemini.function_call_thought_signature_enabled': flag(true, { describe: 'Whether function calls carry a thought signature.' }),
  'gemini.remove_function_response_id_enabled': flag(true, { describe: 'Whether ids of function responses are left out.' }),
  'grok.violation_deduction_enabled': flag(true, { describe: 'Whether refusals for which the provider charges are charged.' }),
  'grok.violation_deduction_amount': decimal('0.05', 0, 1_000, { describe: 'US dollars for each of them.' }),
  'qwen.sync_image_models': json('["z-image","qwen-image","wan2.6"]', names, { describe: 'Image models of Qwen that answer at once: a JSON list.' }),
} satisfies Record<string, OptionSpec>;
