import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import { cannot } from '../../dialects/request/losses.ts';
import { toSource } from '../../dialects/request/media.ts';
import type { Served, ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { geminiSpeech } from '../gemini-speech.ts';
import type { Call } from '../provider.ts';
import { embeddingAnswer } from './endpoint-answers.ts';
import { imagenServed, nearestRatio } from './imagen.ts';
import { givenPictures } from './pictures.ts';

const action = (name: string) => ({ model }: Call): string => `/v1beta/models/${encodeURIComponent(model.replace(/^models\//, ''))}:${name}`;
export const isImagen = (model: Json | undefined): boolean => text(model)?.includes('imagen') ?? false;

/** Providers 7.1 and 7.3. One text or many are both sent as many. */
const embeddings: ServedAs = {
  path: action('batchEmbedContents'),
  writeRequest: ({ model, input, dimensions, task_type: task, title }): JsonObject | Failure => {
    const texts = typeof input === 'string' ? [input] : list(input);
    if (!texts.every((each) => typeof each === 'string')) return cannot('input', 'must be text: this provider takes no token numbers');
    const name = `models/${(text(model) ?? '').replace(/^models\//, '')}`;
    return { requests: texts.map((each) => wire({ model: name, content: { parts: [{ text: each }] }, outputDimensionality: dimensions, taskType: task, title })) };
  },
  readAnswer: (answer, request) =>
    embeddingAnswer(list(answer['embeddings']).map((each) => member(each, 'values') ?? []), request, member(answer['usageMetadata'], 'promptTokenCount')),
};

/** Imagen predicts; the models of Gemini answer with pictures among their parts. */
export const geminiPictures: ServedAs = {
  path: (call) => action(isImagen(call.model) ? 'predict' : 'generateContent')(call),
  writeRequest: (request) => {
    if (isImagen(request['model'])) return imagenServed.writeRequest?.(request) ?? request;
    return asContent(request, []);
  },
  readAnswer: (answer, request, media) => (isImagen(request['model']) ? imagenServed.readAnswer?.(answer, request, media) ?? answer : fromContent(answer)),
};

/** The form of a picture: its sides, and where a size is named by a word, that. */
function asContent(request: JsonObject, shown: readonly Json[]): JsonObject {
  const size = text(request['size']), aspectRatio = nearestRatio(size), imageSize = /^[124]K$/i.test(size ?? '') ? size?.toUpperCase() : undefined;
  const imageConfig = aspectRatio || imageSize ? wire({ aspectRatio, imageSize }) : undefined;
  return { contents: [{ role: 'user', parts: [...shown, { text: request['prompt'] ?? '' }] }], generationConfig: wire({ responseModalities: ['TEXT', 'IMAGE'], imageConfig }) };
}

/** Of pictures that are to be edited it takes the bytes. */
export const geminiEdits: ServedAs = {
  path: action('generateContent'),
  writeRequest: (request) => {
    if (isImagen(request['model'])) return cannot('model', 'makes pictures and does not edit any');
    const sources = givenPictures(request).map(toSource);
    if (sources.length === 0 || !sources.every((source) => source !== undefined && 'base64' in source)) return cannot('image', 'must come as bytes: a file of a form, or a data address');
    return asContent(request, sources.map((source): Json => ({ inlineData: { mimeType: source.mime, data: source.base64 } })));
  },
  readAnswer: (answer) => fromContent(answer),
};

function fromContent(answer: JsonObject): JsonObject | Failure {
  const parts = list(answer['candidates']).flatMap((each) => list(member(member(each, 'content'), 'parts')));
  const made = parts.flatMap((part): Json[] => { const data = text(member(member(part, 'inlineData'), 'data')); return data ? [{ b64_json: data }] : []; });
  if (made.length === 0) return new Failure('bad_response_status_code', { status: 400, say: 'The provider made no picture.', upstreamCode: 'content_policy_violation' });
  const usage = answer['usageMetadata'], input = member(usage, 'promptTokenCount'), output = member(usage, 'candidatesTokenCount');
  const drawn = member(list(member(usage, 'candidatesTokensDetails')).find((detail) => member(detail, 'modality') === 'IMAGE'), 'tokenCount');
  const told = typeof input === 'number' && typeof output === 'number' ? wire({ input_tokens: input, output_tokens: output, total_tokens: input + output, input_tokens_details: {}, output_tokens_details: wire({ image_tokens: drawn }) }) : undefined;
  return wire({ created: 0, data: made, usage: told });
}

export const geminiServes: Served = { embeddings, 'image-generations': geminiPictures, 'image-edits': geminiEdits, speech: { path: action('generateContent'), ...geminiSpeech } };
