/** `predict` of Imagen (relay-api 8): taken as a request for pictures, so that any provider of those can serve it. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { ClientForm, Surface } from '../dialects/dialect.ts';
import { readAddress } from '../dialects/gemini/address.ts';
import { gemini } from '../dialects/gemini/dialect.ts';
import { isObject, list, member, parseJson, text, wire } from '../dialects/json-member.ts';
import { wrong } from '../dialects/request/request-members.ts';
import { Failure } from '../failure/failure.ts';
import { imageGenerations } from './images.ts';

/** Sizes that OpenAI's models know, by their sides. */
const sizes: Readonly<Record<string, string>> = { '1:1': '1024x1024', '16:9': '1792x1024', '9:16': '1024x1792', '4:3': '1536x1024', '3:4': '1024x1536' };

const asGeneration: ClientForm = (body, { path }) => {
  const request = parseJson(body.toString('utf8')), model = readAddress(path)?.model ?? '';
  if (!isObject(request)) return new Failure('bad_request_body');
  const instances = list(request['instances']), prompt = member(instances[0], 'prompt');
  if (instances.length !== 1 || typeof prompt !== 'string') return wrong('instances', 'must be a list of one object with a `prompt`');
  const { sampleCount, aspectRatio, ...parameters } = isObject(request['parameters']) ? request['parameters'] : {};
  const size = Object.hasOwn(sizes, text(aspectRatio) ?? '') ? sizes[text(aspectRatio) ?? ''] : undefined;
  // Models of OpenAI that answer with bytes alone refuse to be asked for them.
  const form = model.startsWith('gpt-image') ? undefined : 'b64_json';
  return { body: Buffer.from(JSON.stringify(wire({ model, prompt, n: sampleCount, size, response_format: form, parameters: Object.keys(parameters).length > 0 ? parameters : undefined }))), give: asPredictions };
};

const asPredictions = (answer: JsonObject): JsonObject => ({
  predictions: list(answer['data']).map((each): Json => wire({ mimeType: 'image/png', bytesBase64Encoded: member(each, 'b64_json'), gcsUri: member(each, 'url') })),
});

export const predict: Surface = {
  ...imageGenerations,
  keyPlace: gemini.keyPlace,
  renderFailure: (failure, requestId) => gemini.renderFailure(failure, requestId),
  renderStreamFailure: (failure, requestId) => gemini.renderStreamFailure(failure, requestId),
  clientForm: asGeneration,
};
