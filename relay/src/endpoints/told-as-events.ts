/** Whole answers for clients that asked for events, of providers that know none (providers 1.3, relay-api 4). */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { Surface } from '../dialects/dialect.ts';
import { isObject, list, parseJson, wire } from '../dialects/json-member.ts';
import { writeSse } from '../framing/sse-writer.ts';
import type { Blob } from './served.ts';
import { soundEvents } from './sound-events.ts';

const pictureEvents: Readonly<Record<string, string>> = { 'image-generations': 'image_generation.completed', 'image-edits': 'image_edit.completed' };
const sse = 'text/event-stream; charset=utf-8';

/** @param answer in the words of the contract; as it is where no events were asked for, or it has none */
export function toldAsEvents(answer: Blob, { name }: Pick<Surface, 'name'>, request: JsonObject): Blob {
  if (name === 'speech') return request['stream_format'] === 'sse' ? { contentType: sse, bytes: Buffer.concat([...soundEvents.push(answer.bytes), ...soundEvents.end()]) } : answer;
  const type = request['stream'] === true || request['stream'] === 'true' ? pictureEvents[name] : undefined, made = type && parseJson(answer.bytes.toString('utf8'));
  return type && isObject(made) && Array.isArray(made['data']) ? { contentType: sse, bytes: Buffer.from(completed(made, type)) } : answer;
}

const event = (type: string, data: JsonObject): string => writeSse({ event: type, data: JSON.stringify(data) });

/** One event for each picture; usage is told with the last one. */
function completed({ data, created, usage }: JsonObject, type: string): string {
  const pictures = list(data);
  return pictures.map((picture: Json, index) => event(type, wire({ type, ...(isObject(picture) ? picture : {}), created_at: created, usage: index === pictures.length - 1 ? usage : undefined }))).join('');
}
