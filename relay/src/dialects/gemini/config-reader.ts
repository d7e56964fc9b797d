import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import { isObject, text } from '../json-member.ts';
import type { Reading } from '../request/reading.ts';
import { given, givenList, givenObject, givenText } from './given.ts';
import { readSchema } from './schema-reader.ts';

type Config = Pick<ChatRequest, 'maxOutputTokens' | 'temperature' | 'topP' | 'topK' | 'stop' | 'answers' | 'seed' | 'presencePenalty' | 'frequencyPenalty' | 'reasoning'
  | 'responseFormat' | 'logprobs' | 'modalities' | 'sound' | 'picture'>;

/** `generationConfig` (dialects 5.4). */
export function readConfig(wire: JsonObject, reading: Reading): Config {
  const number = (name: string): number | undefined => reading.number(given(wire, name), `generationConfig.${name}`);
  const modalities = givenList(wire, 'responseModalities').flatMap((each) => text(each)?.toLowerCase() ?? []);
  return {
    maxOutputTokens: number('maxOutputTokens'), temperature: number('temperature'), topP: number('topP'), topK: number('topK'), answers: number('candidateCount'),
    seed: number('seed'), presencePenalty: number('presencePenalty'), frequencyPenalty: number('frequencyPenalty'),
    stop: reading.list(given(wire, 'stopSequences'), 'generationConfig.stopSequences').flatMap((each, index) => reading.text(each, `generationConfig.stopSequences[${index}]`) ?? []),
    reasoning: readThinking(givenObject(wire, 'thinkingConfig')),
    responseFormat: readFormat(wire),
    ...(given(wire, 'responseLogprobs') === true ? { logprobs: { top: number('logprobs') ?? 0 } } : {}),
    ...(modalities.length ? { modalities } : {}),
    ...readSound(given(wire, 'speechConfig')),
    ...readPicture(given(wire, 'imageConfig')),
  };
}

/** Thoughts are shown only to who asked for them; a model may think all the same. */
function readThinking(wire: JsonObject | undefined): ChatRequest['reasoning'] {
  if (!wire) return undefined;
  const shown = given(wire, 'includeThoughts') === true;
  const hidden = shown ? {} : { hidden: true };
  const level = givenText(wire, 'thinkingLevel')?.toLowerCase();
  const budget = given(wire, 'thinkingBudget');
  if (level !== undefined && level !== 'thinking_level_unspecified') return { mode: 'on', effort: level, ...hidden };
  if (budget === 0) return { mode: 'off' };
  // −1: as much as the model likes.
  if (typeof budget === 'number' && budget > 0) return { mode: 'on', budgetTokens: budget, ...hidden };
  return { mode: 'auto', ...hidden };
}

function readFormat(wire: JsonObject): ChatRequest['responseFormat'] {
  if (givenText(wire, 'responseMimeType') !== 'application/json') return undefined;
  const json = given(wire, 'responseJsonSchema') ?? given(wire, '_responseJsonSchema');
  if (isObject(json)) return { kind: 'json_schema', name: 'response', schema: json, strict: false };
  const open = givenObject(wire, 'responseSchema');
  return open ? { kind: 'json_schema', name: 'response', schema: readSchema(open), strict: false } : { kind: 'json_object' };
}

function readSound(wire: Json | undefined): Pick<ChatRequest, 'sound'> {
  const voice = givenText(given(given(wire, 'voiceConfig'), 'prebuiltVoiceConfig'), 'voiceName');
  return voice === undefined ? {} : { sound: { voice } };
}

function readPicture(wire: Json | undefined): Pick<ChatRequest, 'picture'> {
  const aspect = givenText(wire, 'aspectRatio'), size = givenText(wire, 'imageSize');
  return aspect === undefined && size === undefined ? {} : { picture: { ...(aspect ? { aspect } : {}), ...(size ? { size } : {}) } };
}
