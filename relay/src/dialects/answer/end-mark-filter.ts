/** Takes out the end mark of openai-chat, which some put behind streams of other dialects (dialects 3). Every other byte passes. */
import { SseReader } from '../../framing/sse-reader.ts';
import type { EventEdit } from './event-editor.ts';

const lf = 0x0a, cr = 0x0d, closeBracket = 0x5d;

export const endMarkFilter = (): EventEdit => ({
  holdBytes: 64,
  skim: (events) => !endsInBracket(events),
  edit: (event) => (event.length <= 64 && isMark(event) ? undefined : event),
});

/** A look at the last byte of the last line: events of these dialects end in a brace. */
function endsInBracket(events: Buffer): boolean {
  let at = events.length - 1;
  while (at >= 0 && (events[at] === lf || events[at] === cr)) at--;
  return events[at] === closeBracket;
}

function isMark(event: Buffer): boolean {
  const reader = new SseReader(), frames = reader.push(event);
  return Array.isArray(frames) && [...frames, ...reader.end()].at(-1)?.data.trim() === '[DONE]';
}
