import { Failure } from '../../failure/failure.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { BodyWatch, type BodySigns } from '../metering/body-watch.ts';
import type { AnswerWatch, WatchOptions } from '../dialect.ts';
import { isObject, member, parseJson, text } from '../json-member.ts';
import { mayUseTools, toolsOfResponse, type ToolUse } from '../metering/tool-use.ts';
import type { Json } from '../chat-event.ts';
import { needles, signsBy, StreamWatch } from '../metering/stream-watch.ts';
import { readUsage } from '../metering/usage.ts';

export function watch(options: WatchOptions): AnswerWatch {
  return options.stream ? new StreamWatch(signs(options.usage)) : new BodyWatch(options.usage, body);
}

const body: BodySigns = {
  scan: memberScan(['usage', 'error', 'output', 'tools']), whole: ['output'], said: 'output', signed: true,
  tools: (read, bytes) => (mayUseTools(bytes) ? toolsOfResponse({ output: read('output') ?? [], tools: read('tools') ?? [] }) : undefined),
};
const callMark = Buffer.from('"response.function_call_arguments.done"');

const ends = new Set(['response.completed', 'response.incomplete']);
const failures = new Set(['error', 'response.failed', 'response.cancelled']);

/** Only the last event tells the usage. What a model writes cannot look like one: its quotes are escaped. */
const signs = signsBy((hook) => ({
  tellsAtStart: false,
  signed: true,
  numbered: true,
  callMark,
  needles: needles('"response.completed"', '"response.incomplete"', '"response.failed"', '"response.cancelled"', '"error"'),
  note: (frame, notes) => {
    const event = parseJson(frame.data);
    const type = isObject(event) ? text(event['type']) ?? '' : '';
    const tokens = readUsage(member(member(event, 'response'), 'usage'), hook) ?? notes.tokens;
    if (ends.has(type)) return { ...notes, tokens, complete: true, ...used(member(event, 'response')) };
    if (!failures.has(type)) return notes;
    return { ...notes, tokens, failure: notes.failure ?? new Failure('answer_cut', { note: frame.data.slice(0, 500) }) };
  },
}));

function used(response: Json | undefined): { tools?: ToolUse } {
  const tools = isObject(response) ? toolsOfResponse(response) : undefined;
  return tools ? { tools } : {};
}

const endMarks = ['"response.completed"', '"response.incomplete"'].map((mark) => Buffer.from(mark));

/** Its name stands at the front of the last event, which repeats the whole answer and may be long. */
export const holdsEnd = (piece: Buffer): boolean => endMarks.some((mark) => piece.includes(mark));
