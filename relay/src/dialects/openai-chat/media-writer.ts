/** Pictures and sound of an answer (dialects 6.7). */
import type { JsonObject, Part } from '../chat-event.ts';
import { toDataUrl } from '../request/media.ts';

export function imageMember({ source }: Part & { kind: 'image' }, index: number): JsonObject | undefined {
  const url = 'base64' in source ? toDataUrl(source) : 'url' in source ? source.url : undefined;
  return url === undefined ? undefined : { images: [{ type: 'image_url', image_url: { url }, index }] };
}

export function audioMember({ source, transcript, id }: Part & { kind: 'audio' }): JsonObject | undefined {
  return 'base64' in source ? { audio: { id: id ?? '', data: source.base64, transcript: transcript ?? '' } } : undefined;
}
