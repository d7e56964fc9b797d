/** Pictures and sound of an answer. A picture comes whole, sound in pieces. */
import type { ChatEvent, Json } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { toSource } from '../request/media.ts';
import type { PartNumbers } from '../answer/part-numbers.ts';

export class MediaReader {
  private readonly numbers: PartNumbers;
  private sound: { id: string; data: string; transcript: string } | undefined;

  constructor(numbers: PartNumbers) { this.numbers = numbers; }

  read(delta: Json | undefined): ChatEvent[] {
    const audio = member(delta, 'audio');
    if (isObject(audio)) {
      const before = this.sound ?? { id: '', data: '', transcript: '' };
      this.sound = { id: text(audio['id']) ?? before.id, data: before.data + (text(audio['data']) ?? ''), transcript: before.transcript + (text(audio['transcript']) ?? '') };
    }
    return list(member(delta, 'images')).flatMap((image) => {
      const source = toSource(text(member(member(image, 'image_url'), 'url')) ?? '');
      if (!source) return [];
      const index = this.numbers.next();
      return [{ type: 'part-start', index, ...this.numbers.of, part: { kind: 'image', source } }, { type: 'part-end', index }] satisfies ChatEvent[];
    });
  }

  /** What does not say its form is raw: 24 kHz, 16 bits. */
  end(): ChatEvent[] {
    if (!this.sound || (this.sound.data === '' && this.sound.transcript === '')) return [];
    const { id, data, transcript } = this.sound;
    const index = this.numbers.next();
    const wav = data.startsWith('UklGR'), mp3 = /^(SUQz|\/\/[uv])/.test(data);
    const format = wav ? 'wav' : mp3 ? 'mp3' : 'pcm16';
    const source = { base64: data, mime: wav ? 'audio/wav' : mp3 ? 'audio/mpeg' : 'audio/L16;codec=pcm;rate=24000' };
    return [{ type: 'part-start', index, ...this.numbers.of, part: { kind: 'audio', source, format, transcript, id } }, { type: 'part-end', index }];
  }
}
