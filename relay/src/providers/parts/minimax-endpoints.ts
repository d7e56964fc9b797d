import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text, wire } from '../../dialects/json-member.ts';
import { cannot } from '../../dialects/request/losses.ts';
import type { Blob, Served } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { nearestRatio } from './imagen.ts';
import { soundType } from './sound-types.ts';

const forms = new Set(['mp3', 'wav', 'flac', 'pcm']);

/** Providers 4.17. */
export const minimaxServes: Served = {
  'image-generations': {
    path: '/v1/image_generation',
    writeRequest: ({ model, prompt, n, size, response_format: form, subject_reference: subject }) =>
      wire({ model, prompt, n, aspect_ratio: nearestRatio(text(size)), response_format: form === 'b64_json' ? 'base64' : 'url', subject_reference: subject }),
    readAnswer: ({ data, base_resp: base }): JsonObject | Failure => {
      const made: Json[] = [...list(member(data, 'image_urls')).map((url) => ({ url })), ...list(member(data, 'image_base64')).map((bytes) => ({ b64_json: bytes }))];
      return made.length > 0 ? { created: 0, data: made } : refused(base);
    },
  },
  speech: {
    path: '/v1/t2a_v2',
    writeRequest: ({ model, input, voice, speed, response_format: form }) => (forms.has(formatOf(form)) ? wire({
      model, text: input, stream: false, output_format: 'hex', voice_setting: wire({ voice_id: voice, speed }), audio_setting: { format: formatOf(form) },
    }) : cannot('response_format', 'must be mp3, wav, flac or pcm: this provider makes no other')),
    readAnswer: ({ data, base_resp: base }, request): Blob | Failure => {
      const audio = text(member(data, 'audio'));
      return audio ? { contentType: soundType(formatOf(request['response_format'])), bytes: Buffer.from(audio, 'hex') } : refused(base);
    },
  },
};

const formatOf = (asked: Json | undefined): string => text(asked) ?? 'mp3';
const refused = (base: Json | undefined): Failure => new Failure('bad_response_body', { note: text(member(base, 'status_msg')) ?? 'not the answer that is known' });
