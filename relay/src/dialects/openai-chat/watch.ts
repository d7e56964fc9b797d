import { Failure } from '../../failure/failure.ts';
import type { Json } from '../chat-event.ts';
import type { AnswerWatch, WatchOptions } from '../dialect.ts';
import { BodyWatch } from '../metering/body-watch.ts';
import { isObject, list, member, parseJson } from '../json-member.ts';
import { needles, signsBy, StreamWatch, type StreamNotes } from '../metering/stream-watch.ts';
import { sourcesOf } from '../metering/tool-use.ts';
import { readUsage, type UsageHook } from '../metering/usage.ts';

/** @param options `textMark`: the member that holds what grows, quotes included; `"delta"` unless told */
export function watch({ stream, usage, textMark }: WatchOptions & { textMark?: string }): AnswerWatch {
  return stream ? new StreamWatch(textMark === undefined ? signs(usage) : { ...signs(usage), textMark: Buffer.from(textMark) }) : new BodyWatch(usage);
}

const signs = signsBy((hook) => ({
  // A chunk without figures says `"usage":null`: looked for by a member that only figures have.
  tellsAtStart: false,
  needles: needles('"prompt_tokens"', '"error"', '[DONE]', '"finish_reason":"', '"finish_reason": "'),
  note: (frame, notes) => {
    if (frame.data === '[DONE]') return { ...notes, complete: true };
    const chunk = parseJson(frame.data);
    return isObject(chunk) ? noteChunk(chunk, notes, hook) : notes;
  },
}));

function noteChunk(chunk: Json, notes: StreamNotes, hook: UsageHook | undefined): StreamNotes {
  const error = member(chunk, 'error');
  if (error !== undefined && error !== null) {
    return { ...notes, failure: new Failure('answer_cut', { note: JSON.stringify(error).slice(0, 500) }) };
  }
  const finished = list(member(chunk, 'choices')).some((choice) => typeof member(choice, 'finish_reason') === 'string');
  const usage = usageOf(chunk), tools = sourcesOf(usage);
  return { ...notes, ...(tools ? { tools } : {}), complete: notes.complete || finished, tokens: latest(readUsage(usage, hook), notes.tokens) };
}

/** Where providers put it (dialects 6.2). */
export function usageOf(chunk: Json): Json | undefined {
  const places = [member(chunk, 'usage'), member(member(chunk, 'x_groq'), 'usage'), member(list(member(chunk, 'choices'))[0], 'usage')];
  return places.find(isObject);
}

/** Reports are cumulative: the last one counts, unless it is an empty one behind a real one. */
export function latest<T extends { input: number; output: number }>(report: T | undefined, before: T | undefined): T | undefined {
  return report && (report.input + report.output > 0 || !before) ? report : before;
}
