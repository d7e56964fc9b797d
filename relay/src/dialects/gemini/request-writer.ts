import { Failure } from '../../failure/failure.ts';
import { type ModelSettings, usualModelSettings } from '../../models/model-settings.ts';
import type { ChatRequest, JsonObject, Tool } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cannot, carryRest, lossOf } from '../request/losses.ts';
import { writeContents } from './content-writer.ts';
import { writeFormat, writeInstruction } from './format-writer.ts';
import { modelRow } from './model-rows.ts';
import { schemaSubset } from './schema-subset.ts';
import { writeThinking } from './thinking-writer.ts';

/** More are refused by the provider. */
const stops = 5;

const takes = new Set(['n', 'logprobs', 'picture', 'top_k', 'seed', 'presence_penalty', 'frequency_penalty', 'sound', 'picture', 'audio']);

/** The model and the stream stand in the address. */
export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'gemini', options);
  if (rest instanceof Failure) return rest;
  const lost = lossOf(request, takes, options);
  if (lost) return lost;
  const native = request.tools.findIndex((tool) => tool.native);
  if (native >= 0 && request.rest['gemini'] === undefined) return cannot(`tools[${native}]`);
  const contents = writeContents(request, options);
  if (contents instanceof Failure) return contents;
  if (request.tools.length && request.parallelTools === false) options.warn?.('dropped:parallel_tool_calls');
  if (request.tools.some((tool) => tool.custom)) options.warn?.('custom_tool_wrapped');
  const instruction = writeInstruction(request, options);
  const system = [...request.system.map(({ text }) => text), ...(instruction === undefined ? [] : [instruction])];
  const settings = (options.models ?? usualModelSettings).gemini;
  const config = writeConfig(request, options, settings);
  return wire({
    systemInstruction: system.length ? { parts: system.map((text) => ({ text })) } : undefined,
    contents,
    tools: writeTools(request),
    toolConfig: request.tools.some((tool) => !tool.webSearch) ? writeChoice(request) : undefined,
    generationConfig: Object.keys(config).length ? config : undefined,
    safetySettings: options.models ? writeSafety(settings) : undefined,
    ...rest,
  });
}

/** What the client said of it, in this dialect, stands behind this and wins. */
const writeSafety = ({ safety }: ModelSettings['gemini']): JsonObject[] => harms.map((category) => ({ category, threshold: safety.of(category) }));
const harms = ['HARM_CATEGORY_HARASSMENT', 'HARM_CATEGORY_HATE_SPEECH', 'HARM_CATEGORY_SEXUALLY_EXPLICIT', 'HARM_CATEGORY_DANGEROUS_CONTENT'];

/** Models that draw say nothing unless both are asked for. */
const drawn = ['text', 'image'] as const;

function writeConfig(request: ChatRequest, options: RequestOptions, { pictures }: ModelSettings['gemini']): JsonObject {
  if (request.stop.length > stops) options.warn?.('clamped:stop');
  const { sound, picture, rest, model } = request;
  const modalities = request.modalities ?? (rest['gemini'] === undefined && pictures.has(model) ? drawn : undefined);
  return wire({
    maxOutputTokens: request.maxOutputTokens, temperature: request.temperature, topP: request.topP, topK: request.topK,
    stopSequences: request.stop.length ? request.stop.slice(0, stops) : undefined,
    candidateCount: request.answers !== undefined && request.answers > 1 ? request.answers : undefined,
    seed: request.seed, presencePenalty: request.presencePenalty, frequencyPenalty: request.frequencyPenalty,
    responseLogprobs: request.logprobs ? true : undefined, logprobs: request.logprobs?.top || undefined,
    ...writeFormat(request),
    thinkingConfig: writeThinking(request),
    responseModalities: modalities?.some((each) => each !== 'text') ? modalities.map((each) => each.toUpperCase()) : undefined,
    speechConfig: sound?.voice === undefined ? undefined : { voiceConfig: { prebuiltVoiceConfig: { voiceName: sound.voice } } },
    imageConfig: picture ? wire({ aspectRatio: picture.aspect, imageSize: picture.size }) : undefined,
  });
}

function writeTools({ tools, model }: ChatRequest): JsonObject[] | undefined {
  const functions = tools.filter((tool) => !tool.webSearch).map((tool) => writeTool(tool, model));
  const search = tools.some((tool) => tool.webSearch) ? [{ googleSearch: {} }] : [];
  return tools.length ? [...(functions.length ? [{ functionDeclarations: functions }] : []), ...search] : undefined;
}

/** A function without parameters has none: an empty object is refused. */
function writeTool({ name, description, schema }: Tool, model: string): JsonObject {
  const empty = schema === undefined || (schema['properties'] !== undefined && Object.keys(schema['properties'] ?? {}).length === 0 && schema['additionalProperties'] !== true);
  const parameters = empty ? {} : modelRow(model).jsonSchema ? { parametersJsonSchema: schema } : { parameters: schemaSubset(schema) };
  return wire({ name, description, ...parameters });
}

function writeChoice({ toolChoice, tools }: ChatRequest): JsonObject | undefined {
  if (!toolChoice) return undefined;
  const config = (mode: string, names?: string[]): JsonObject => ({ functionCallingConfig: wire({ mode, allowedFunctionNames: names }) });
  switch (toolChoice.kind) {
    case 'none': return config('NONE');
    case 'auto': return config('AUTO');
    case 'required': return config('ANY');
    case 'named': return config('ANY', [toolChoice.name]);
    // Which names are allowed can be said only where one of them must be called.
    case 'allowed': return toolChoice.must ? config('ANY', toolChoice.names.filter((name) => tools.some((tool) => tool.name === name))) : config('AUTO');
  }
}
