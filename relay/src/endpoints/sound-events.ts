/** Sound as events of the speech endpoint (relay-api 4), piece by piece: each decodes on its own, and all of them in a row are the sound. */
import { writeSse } from '../framing/sse-writer.ts';
import type { Unframe } from '../framing/unframe.ts';

const event = (type: string, more: object): Buffer => Buffer.from(writeSse({ event: type, data: JSON.stringify({ type, ...more }) }));

export const soundEvents = {
  push: (chunk: Buffer): Buffer[] => (chunk.length > 0 ? [event('speech.audio.delta', { audio: chunk.toString('base64') })] : []),
  end: (): Buffer[] => [event('speech.audio.done', {})],
} satisfies Unframe;
