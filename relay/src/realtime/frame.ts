/** Frames of realtime are JSON texts, most of them sound. Only the few that matter are parsed. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { isObject, parseJson } from '../dialects/json-member.ts';

/** Event types stand at the beginning of what providers and their libraries write. */
const headBytes = 256;
const type = /"type"\s*:\s*"([\w.]{1,80})"/;

/** The type, as far as the beginning of the frame tells. */
export const typeOf = (frame: Buffer): string | undefined => type.exec(frame.toString('latin1', 0, headBytes))?.[1];

/** The frame, if it is an event of this type, wherever the type stands. */
export function eventOf(frame: Buffer, wanted: string): JsonObject | undefined {
  if (!frame.includes(`"${wanted}"`)) return undefined;
  const event: Json | undefined = parseJson(frame.toString('utf8'));
  return isObject(event) && event['type'] === wanted ? event : undefined;
}

/** Sound that a frame of base64 holds, in seconds, as 16-bit samples at 24 kHz. */
export const secondsOf = (frameBytes: number): number => (frameBytes * 0.75) / 48_000;
