/** Gives the events of a stream, or a whole answer, another id: clients of some addresses know answers by the form of their ids. */
import { JsonFault, type Span } from '../../framing/json-cursor.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { splice } from '../../framing/splice.ts';
import { EventEditor } from './event-editor.ts';

const id = memberScan(['id']);
const brace = 0x7b, lineFeed = 0x0a;

function placeIn(json: Buffer): Span | undefined {
  const found = id(json);
  return found instanceof JsonFault ? undefined : found.members.get('id');
}

function edited(event: Buffer, text: string): Buffer {
  const start = event.indexOf(brace), end = event.indexOf(lineFeed, start);
  if (start < 0) return event;
  const place = placeIn(event.subarray(start, end < 0 ? event.length : end));
  return place ? splice(event, [{ start: start + place.start, end: start + place.end, text }]) : event;
}

export const streamIds = (newId: string): EventEditor =>
  new EventEditor({ holdBytes: 1 << 20, skim: () => false, edit: (event) => edited(event, JSON.stringify(newId)) });

export function withId(body: Buffer, newId: string): Buffer {
  const place = placeIn(body);
  return place ? splice(body, [{ ...place, text: JSON.stringify(newId) }]) : body;
}
