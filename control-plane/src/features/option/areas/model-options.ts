/** Settings of single families of models (semantics 11.11). */
import { z } from 'zod';
import { json } from '../json-option.ts';
import { decimal, flag, type OptionSpec } from '../option-spec.ts';
import { policyForm } from '../responses-policy.ts';

const relays = true;
const name = z.string().min(1).max(255);
const names = z.array(name).max(1_000);
const texts = z.record(name, z.string().max(500));
/** Of the letters that headers may have. */
const headers = z.record(name, z.record(z.string().max(255).regex(/^[\w-]+$/, 'is no name of a header'), z.array(z.string().max(500).regex(/^[\x20-\x7e]*$/, 'is no value of a header')).max(50)));
const share = (fallback: string, describe: string): OptionSpec => decimal(fallback, 0.002, 1, { describe, relays });

const imagineModels = JSON.stringify(['gemini-2.0-flash-exp-image-generation', 'gemini-2.0-flash-exp', 'gemini-3-pro-image-preview', 'gemini-2.5-flash-image']);

export const modelOptions = {
  'global.thinking_model_blacklist': json('[]', names, { describe: 'Models whose names end like a switch of thinking (-thinking, -high …) and mean themselves: a JSON list.', relays }),
  'global.chat_completions_to_responses_policy': json('{}', policyForm, { describe: 'Which chat requests go upstream as Responses: enabled, all_channels, channel_ids, channel_types, model_patterns.', relays }),
  'claude.default_max_tokens': json('{"default":8192}', z.record(name, z.int().min(1).max(10_000_000)), { describe: 'Output limit of Claude requests that name none: model to tokens, `default` for the others.', relays }),
  'claude.model_headers_settings': json('{}', headers, { describe: 'Values added to headers of Claude requests: model to header to values.', relays }),
  'claude.thinking_adapter_enabled': flag(true, { describe: 'Whether -thinking at the end of a Claude model asks for thinking.', relays }),
  'claude.thinking_adapter_budget_tokens_percentage': share('0.8', 'Share of the output limit that it may think.'),
  'gemini.safety_settings': json('{"default":"OFF"}', texts, { describe: 'Safety thresholds of requests that are converted for Gemini: category to threshold, `default` for the others.', relays }),
  'gemini.version_settings': json('{"default":"v1beta","gemini-1.0-pro":"v1"}', z.record(name, z.string().regex(/^v\d+(?:(?:alpha|beta)\d*)?$/, 'is no version of the API')), { describe: 'API versions of Gemini where the client names none: model to version, `default` for the others.', relays }),
  'gemini.supported_imagine_models': json(imagineModels, names, { describe: 'Gemini models that are asked for pictures beside text where the client does not say: a JSON list.', relays }),
  'gemini.thinking_adapter_enabled': flag(false, { describe: 'Whether -thinking, -thinking-<tokens>, -nothinking and -<level> at the end of a Gemini model set its thinking.', relays }),
  'gemini.thinking_adapter_budget_tokens_percentage': share('0.6', 'Share of the output limit that it may think.'),
  'gemini.function_call_thought_signature_enabled': flag(true, { describe: 'Whether a call whose thought signature was lost gets the value with which Gemini lets it pass.', relays }),
  'gemini.remove_function_response_id_enabled': flag(true, { describe: 'Whether ids of calls and their results are left out for Vertex, which refuses them.', relays }),
  'grok.violation_deduction_enabled': flag(true, { describe: 'Whether refusals of Grok for which its provider charges are charged.', relays }),
  'grok.violation_deduction_amount': decimal('0.05', 0, 1_000, { describe: 'US dollars for each of them.', relays }),
  'qwen.sync_image_models': json('["z-image","qwen-image","wan2.6"]', names, { describe: 'Beginnings of the names of image models of Alibaba that answer at once: a JSON list.', relays }),
} satisfies Record<string, OptionSpec>;
