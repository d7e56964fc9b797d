import { memberScan, valueOf } from '../framing/json-scan.ts';
import { BytesWatch } from './bytes-watch.ts';
import { estimatedTokens } from './audio-time.ts';
import { endpoint } from './endpoint.ts';
import { LargeEventsWatch } from './large-events.ts';

const input = memberScan(['input']);

/** Speech is counted by its characters (semantics 1.7). */
function characters(body: Buffer): number {
  const found = input(body);
  const span = 'members' in found ? found.members.get('input') : undefined;
  const text = span && valueOf(body, span);
  return typeof text === 'string' ? text.replace(/[\u{10000}-\u{10ffff}]/gu, '_').length : 0;
}

/** Relay-api 7, for providers that do not say it themselves. */
const soundTypes: ReadonlyMap<string, string> = new Map([['mp3', 'audio/mpeg'], ['opus', 'audio/ogg'], ['aac', 'audio/aac'], ['flac', 'audio/flac'], ['wav', 'audio/wav'], ['pcm', 'audio/pcm']]);

/** `POST /v1/audio/speech`: sound as it is made, or events. */
export const speech = endpoint({
  name: 'speech',
  path: '/v1/audio/speech',
  members: ['input', 'voice', 'response_format'],
  check: (found) => {
    found.require('input');
    found.require('voice');
  },
  estimate: characters,
  bytesType: (found) => { const format = found.value('response_format') ?? 'mp3'; return (typeof format === 'string' && soundTypes.get(format)) || 'application/octet-stream'; },
  answer: { whole: ['audio'] },
  watchBytes: () => new BytesWatch(false),
  watchStream: (usage) => new LargeEventsWatch(['speech.audio.done'], usage),
  streamEnd: 'speech.audio.done',
});

const transcript = {
  members: ['file'],
  check: () => undefined,
  form: { until: 'model', file: 'file', only: true, estimate: estimatedTokens },
  answer: { whole: ['text'], seconds: 'duration' },
  watchBytes: () => new BytesWatch(true),
} as const;

/** `POST /v1/audio/transcriptions`: a form, whose file passes. */
export const transcriptions = endpoint({
  ...transcript,
  name: 'transcriptions',
  path: '/v1/audio/transcriptions',
  watchStream: (usage) => new LargeEventsWatch(['transcript.text.done'], usage),
  streamEnd: 'transcript.text.done',
});

/** `POST /v1/audio/translations` */
export const translations = endpoint({ ...transcript, name: 'translations', path: '/v1/audio/translations' });
