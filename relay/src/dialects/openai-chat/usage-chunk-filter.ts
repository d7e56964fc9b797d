/** Takes the usage chunk out of a stream whose client did not ask for it (dialects 3, edit 2). Every other byte passes. */
import { SseReader } from '../../framing/sse-reader.ts';
import type { EventEdit } from '../answer/event-editor.ts';
import { isObject, member, parseJson } from '../json-member.ts';

/** Stands in every report, and not in the `"usage":null` of all other chunks. */
const report = Buffer.from('"prompt_tokens"');
/** Choices with something in them: such a chunk is delivered whatever else it holds. */
const choices = /"choices"\s*:\s*\[\s*[^\]\s]/;

export const usageChunkFilter: EventEdit = {
  // The largest usage chunk recorded has 600 bytes.
  holdBytes: 16 << 10,
  skim: (events) => events.indexOf(report) < 0,
  mayEdit: (beginning) => !choices.test(beginning.toString('latin1')),
  edit: (event) => (isUsageChunk(event) ? undefined : event),
};

function isUsageChunk(event: Buffer): boolean {
  if (event.indexOf(report) < 0) return false;
  const reader = new SseReader();
  const frames = reader.push(event);
  if (!Array.isArray(frames)) return false;
  const chunk = parseJson([...frames, ...reader.end()][0]?.data ?? '');
  const list = member(chunk, 'choices');
  return Array.isArray(list) && list.length === 0 && isObject(member(chunk, 'usage'));
}
