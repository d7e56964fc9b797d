/**
 * Traffic as it is seen in the wild and is not among the recordings: written by hand, no larger than what it shows. Each goes through
 * the same suites as a recording: every cut, every client, every official library.
 */
import { writeSse } from '../../../framing/sse-writer.ts';
import type { JsonObject } from '../../chat-event.ts';
import type { DialectName } from '../../dialect.ts';
import { text } from '../../json-member.ts';
import type { Expected } from '../recorded.ts';

export interface Shape {
  readonly name: string;
  /** Where it is not the house of the dialect. */
  readonly provider?: string;
  /** Events; a text stands as it is, blank line included. */
  readonly stream?: readonly (JsonObject | string)[];
  readonly whole?: JsonObject;
  /** Its official client is told better than by the provider itself. */
  readonly mended?: true;
  readonly expected: Partial<Expected>;
}

export const done = 'data: [DONE]\n\n';

export function bytesOf(dialect: DialectName, event: JsonObject | string): Buffer {
  if (typeof event === 'string') return Buffer.from(event);
  const data = JSON.stringify(event);
  if (dialect === 'gemini') return Buffer.from(`data: ${data}\r\n\r\n`);
  return Buffer.from(writeSse({ event: dialect === 'openai-chat' ? undefined : text(event['type']), data }));
}
