import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { text, wire } from '../dialects/json-member.ts';
import { Failure } from '../failure/failure.ts';
import { compatible } from './parts/compatible.ts';
import { nearestRatio } from './parts/imagen.ts';
import { givenPictures } from './parts/pictures.ts';
import { provider } from './provider.ts';
import { without } from './parts/request-edits.ts';

/** Providers 4.11: the dialect tells its counting of reasoning by the sum. Recordings: fixtures/xai. */
export const xai = provider({
  ...compatible,
  name: 'xai',
  label: 'xAI',
  type: 48,
  baseUrl: 'https://api.x.ai',
  speaks: [openaiChat, openaiResponses, anthropicMessages],
  suggestedModels: ['grok-4', 'grok-4-fast-reasoning', 'grok-4-fast-non-reasoning', 'grok-code-fast-1', 'grok-3', 'grok-3-mini'],
  able: { documents: false, audio: false },
  serves: { 'image-generations': { writeRequest: asPicture }, 'image-edits': { writeRequest: asEdit } },

  readFailure: (status, body, usual) => (violates(body) ? new Failure('bad_response_status_code', { ...usual.details, status: status === 429 || status > 499 || status < 400 ? 400 : status, say: 'The request violates the usage guidelines of its provider.', upstreamCode: 'content_policy_violation', violation: true }) : usual),

  writeRequest: (written, _, dialect) => {
    const model = text(written['model']) ?? '', searches = dialect === openaiChat && model.endsWith('-search');
    const named: JsonObject = searches ? { ...written, model: model.slice(0, -'-search'.length), search_parameters: { mode: 'on' } } : written;
    const { reasoning_effort: effort, ...others } = reasons.test(model) ? without(named, 'presence_penalty', 'frequency_penalty', 'stop') : named;
    // Two efforts, of the small models; others refuse the member.
    const known = model.startsWith('grok-3-mini') && effort !== undefined && effort !== 'none';
    return wire({ ...others, reasoning_effort: known ? (effort === 'high' || effort === 'xhigh' || effort === 'max' ? 'high' : 'low') : undefined });
  },
});

/** It knows sides, and no sizes. */
function asPicture(request: JsonObject): JsonObject {
  return wire({ aspect_ratio: nearestRatio(text(request['size'])), ...without(request, 'size', 'quality', 'style', 'background', 'moderation', 'output_format', 'output_compression') });
}

/** JSON alone, with each picture as an object. */
function asEdit(request: JsonObject): JsonObject {
  const pictures = givenPictures(request).map((url) => ({ type: 'image_url', url }));
  return wire({ ...asPicture(without(request, 'image', 'images', 'mask', 'input_fidelity')), image: pictures.length === 1 ? pictures[0] : undefined, images: pictures.length > 1 ? pictures : undefined });
}

/** The refusal that it charges for. */
const violates = (body: Buffer): boolean => body.includes('SAFETY_CHECK_TYPE_CSAM');

const reasons = /^grok-(?:3-mini|4(?!-fast-non)|code)/;
