/** Transcripts in the form that the client asked for (providers 7.4), of providers that have one form. */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { text, wire } from '../../dialects/json-member.ts';
import type { Blob } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';

export interface Transcript { readonly text?: Json; readonly vtt?: Json; readonly language?: Json; readonly duration?: Json; readonly words?: Json; readonly segments?: Json }

/** @param said what the provider heard; without a text it is no answer */
export function transcriptAnswer({ text: said, vtt, language, duration, words, segments }: Transcript, request: JsonObject): JsonObject | Blob | Failure {
  if (typeof said !== 'string') return new Failure('bad_response_body', { note: 'an answer without a text' });
  switch (request['response_format']) {
    case 'text': return { contentType: 'text/plain; charset=utf-8', bytes: Buffer.from(said) };
    case 'vtt': return { contentType: 'text/vtt; charset=utf-8', bytes: Buffer.from(text(vtt) ?? `WEBVTT\n\n${said}\n`) };
    case 'verbose_json': return wire({ task: 'transcribe', language, duration, text: said, words, segments });
    default: return { text: said };
  }
}
