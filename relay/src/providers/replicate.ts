import type { JsonObject } from '../dialects/chat-event.ts';
import { list, member, text, wire } from '../dialects/json-member.ts';
import type { Background, Fetched, ServedAs } from '../endpoints/served.ts';
import { Failure } from '../failure/failure.ts';
import type { Call } from './provider.ts';
import { bearer, provider } from './provider.ts';
import { givenPictures, openaiOnly, picturesAt } from './parts/pictures.ts';
import { without } from './parts/request-edits.ts';

const underWay = new Set(['starting', 'processing']);

const work: Background = {
  next: ({ id, status }) => {
    const place = `/v1/predictions/${encodeURIComponent(text(id) ?? '')}`;
    return text(id) && underWay.has(text(status) ?? '') ? { ask: place, stop: `${place}/cancel` } : undefined;
  },
};

const made = picturesAt(({ output }) => (typeof output === 'string' ? [output] : Array.isArray(output) ? output : list(member(output, 'images'))));

const pictures: ServedAs = { path: pathOf, writeRequest: asPrediction, background: work, addresses: made.addresses, readAnswer: fromPrediction };

/** Providers 5: pictures alone. It holds its answer back for up to a minute; what takes longer is asked after. */
export const replicate = provider({
  name: 'replicate',
  label: 'Replicate',
  type: 56,
  baseUrl: 'https://api.replicate.com',
  credential: { apiKey: 'secret' },
  authorize: (credential) => [...bearer('apiKey')(credential), ['prefer', 'wait']],
  speaks: [],
  suggestedModels: ['black-forest-labs/flux-1.1-pro', 'black-forest-labs/flux-schnell', 'google/imagen-4', 'bytedance/seedream-4'],
  serves: { 'image-generations': pictures, 'image-edits': { ...pictures, writeRequest: asEdit, filesTo: { path: '/v1/files', members: ['input_image', 'image_prompt'], field: 'content', placeIn: ({ urls }) => text(member(urls, 'get')) } } },
});

/** A version makes it another address. */
function pathOf({ model }: Call): string {
  return model.includes(':') ? '/v1/predictions' : `/v1/models/${model.split('/').map(encodeURIComponent).join('/')}/predictions`;
}

function asPrediction(request: JsonObject): JsonObject {
  const { n, size, output_format: format } = request, [width, height] = (text(size) ?? '').split('x').map(Number);
  const [, version] = (text(request['model']) ?? '').split(':');
  const own = without(request, 'model', 'n', 'size', ...openaiOnly);
  return wire({ version, input: wire({ ...own, num_outputs: n, output_format: format, ...shape(width, height) }) });
}

const ratios: readonly (readonly [string, number])[] =
  [['1:1', 1], ['16:9', 16 / 9], ['9:16', 9 / 16], ['4:3', 4 / 3], ['3:4', 3 / 4], ['3:2', 3 / 2], ['2:3', 2 / 3], ['4:5', 4 / 5], ['5:4', 5 / 4], ['21:9', 21 / 9], ['9:21', 9 / 21]];
const tolerance = 0.02;

/** A usual ratio by its name, any other in pixels. */
function shape(width: number | undefined, height: number | undefined): { aspect_ratio?: string; width?: number; height?: number } {
  if (!width || !height) return {};
  const ratio = ratios.find(([, wanted]) => Math.abs(width / height / wanted - 1) <= tolerance)?.[0];
  return ratio ? { aspect_ratio: ratio } : { aspect_ratio: 'custom', width, height };
}

/** The models that edit call it by one name, those that vary by another. */
function asEdit(request: JsonObject): JsonObject {
  const [first] = givenPictures(request), name = /kontext|edit/.test(text(request['model']) ?? '') ? 'input_image' : 'image_prompt';
  return asPrediction(wire({ [name]: first, ...without(request, 'image', 'images', 'mask') }));
}

function fromPrediction(answer: JsonObject, request: JsonObject, media: Fetched): ReturnType<typeof made.readAnswer> {
  const { status, error } = answer;
  if (status !== 'failed' && status !== 'canceled') return made.readAnswer(answer, request, media);
  const said = text(error) ?? 'the prediction failed';
  if (/nsfw|sensitive|flagged/i.test(said)) return new Failure('bad_response_status_code', { status: 400, say: 'The provider withheld the picture.', note: said, upstreamCode: 'content_policy_violation' });
  return new Failure('bad_response_status_code', { status: 502, note: said });
}
