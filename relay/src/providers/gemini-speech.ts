/** Speech of Gemini (providers 7.4): bare samples, 24 000 a second, 16 bits, one channel. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { list, member, text } from '../dialects/json-member.ts';
import { cannot } from '../dialects/request/losses.ts';
import type { Blob, ServedAs } from '../endpoints/served.ts';
import { Failure } from '../failure/failure.ts';

const rate = 24_000, sampleBytes = 2, headBytes = 44;

/** Without a wish for a form it is a WAV. */
const formOf = (asked: Json | undefined): string => text(asked) ?? 'wav';

export const geminiSpeech: Pick<ServedAs, 'writeRequest' | 'readAnswer'> = {
  writeRequest: ({ input, voice, response_format: form, instructions }): JsonObject | Failure => {
    if (!['wav', 'pcm'].includes(formOf(form))) return cannot('response_format', 'must be wav or pcm: this provider makes no other');
    const said = text(instructions) ? `${text(instructions)}: ${text(input) ?? ''}` : input ?? '';
    const speechConfig = { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice ?? '' } } };
    return { contents: [{ role: 'user', parts: [{ text: said }] }], generationConfig: { responseModalities: ['AUDIO'], speechConfig } };
  },
  readAnswer: (answer, request): Blob | Failure => {
    const parts = list(member(member(list(answer['candidates'])[0], 'content'), 'parts'));
    const sound = parts.map((part) => text(member(member(part, 'inlineData'), 'data'))).find((data) => data);
    if (!sound) return new Failure('bad_response_body', { note: 'an answer without sound' });
    const samples = Buffer.from(sound, 'base64');
    return formOf(request['response_format']) === 'pcm' ? { contentType: 'audio/pcm', bytes: samples } : { contentType: 'audio/wav', bytes: Buffer.concat([headOf(samples.length), samples]) };
  },
};

/** The head of a RIFF file of plain samples. */
function headOf(length: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write('RIFF', 0);
  head.writeUInt32LE(headBytes - 8 + length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * sampleBytes, 28);
  head.writeUInt16LE(sampleBytes, 32);
  head.writeUInt16LE(sampleBytes * 8, 34);
  head.write('data', 36);
  head.writeUInt32LE(length, 40);
  return head;
}
