import type { Frame } from './frame.ts';

/** A frame as an SSE event. A line end inside the data begins another data line, as the reader joins them again. */
export function writeSse(frame: Frame): string {
  const lines = /[\r\n]/.test(frame.data) ? frame.data.split(/\r\n|\r|\n/) : [frame.data];
  const event = frame.event === undefined ? '' : `event: ${frame.event}\n`;
  return `${event}${lines.map((line) => `data: ${line}\n`).join('')}\n`;
}
