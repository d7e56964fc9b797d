import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { list, member, text, wire } from '../dialects/json-member.ts';
import { cannot } from '../dialects/request/losses.ts';
import type { ServedAs } from '../endpoints/served.ts';
import type { Failure } from '../failure/failure.ts';
import { without } from './parts/request-edits.ts';
import { transcriptAnswer } from './parts/transcripts.ts';
import { headerKey, provider } from './provider.ts';

/** Its word for a form of sound. */
const formats: Readonly<Record<string, string>> = { mp3: 'mp3_44100_128', opus: 'opus_48000_96', pcm: 'pcm_24000' };
const formatOf = (asked: Json | undefined): string | undefined => { const form = text(asked) ?? 'mp3'; return Object.hasOwn(formats, form) ? formats[form] : undefined; };

/** The voice stands in the address; sound comes as it is made. */
const speech: ServedAs = {
  pathFor: ({ voice, response_format: form }) => `/v1/text-to-speech/${encodeURIComponent(text(voice) ?? '')}/stream?output_format=${formatOf(form) ?? ''}`,
  writeRequest: (request) => {
    const { model, input, response_format: form, speed, ...more } = without(request, 'voice', 'instructions', 'stream_format');
    if (!formatOf(form)) return cannot('response_format', 'must be mp3, opus or pcm: this provider makes no other');
    return wire({ ...more, model_id: model, text: input, voice_settings: speed === undefined ? more['voice_settings'] : { speed } });
  },
};

const transcriptions: ServedAs = {
  path: '/v1/speech-to-text',
  asForm: true,
  writeRequest: asSound,
  readAnswer: ({ text: said, language_code: language, words }, request) => {
    const spoken = list(words).filter((each) => member(each, 'type') === 'word');
    const told = spoken.map((each): Json => wire({ word: member(each, 'text'), start: member(each, 'start'), end: member(each, 'end') }));
    return transcriptAnswer({ text: said ?? '', ...(language === undefined ? {} : { language }), ...(told.length > 0 ? { words: told, duration: member(spoken.at(-1), 'end') ?? 0 } : {}) }, request);
  },
};

function asSound({ model, file, language, temperature, response_format: form }: JsonObject): JsonObject | Failure {
  if (form === 'srt' || form === 'vtt') return cannot('response_format', 'must be json, text or verbose_json: this provider makes no other');
  return wire({ model_id: model, file, language_code: language, temperature });
}

/** Providers 2.2: sound alone. */
export const elevenlabs = provider({
  name: 'elevenlabs',
  label: 'ElevenLabs',
  type: 106,
  baseUrl: 'https://api.elevenlabs.io',
  credential: { apiKey: 'secret' },
  authorize: headerKey('xi-api-key', 'apiKey'),
  speaks: [],
  suggestedModels: ['eleven_multilingual_v2', 'eleven_v3', 'eleven_flash_v2_5', 'scribe_v1'],
  serves: { speech, transcriptions },
});
