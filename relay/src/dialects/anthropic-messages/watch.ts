import { Failure } from '../../failure/failure.ts';
import type { JsonObject } from '../chat-event.ts';
import type { AnswerWatch, WatchOptions } from '../dialect.ts';
import { BodyWatch, chat } from '../metering/body-watch.ts';
import { isObject, member, parseJson, text } from '../json-member.ts';
import { needles, StreamWatch, type StreamSigns } from '../metering/stream-watch.ts';
import { readUsage, type UsageHook } from '../metering/usage.ts';
import { adviceOf } from '../metering/advice.ts';
import { toolsOfUsage } from '../metering/tool-use.ts';
import { mergedUsage } from './merged-usage.ts';

export function watch(options: WatchOptions): AnswerWatch {
  return options.stream ? new StreamWatch(signs(options.usage)) : new BodyWatch(options.usage, { ...chat, signed: true, advice: adviceOf, tools: (read) => toolsOfUsage(read('usage')) });
}

const callMark = Buffer.from('"tool_use"'), marks = needles('"usage"', '"error"', '"message_stop"');

/** Of one answer: the usage of its start is needed again at its end. */
function signs(hook: UsageHook | undefined): StreamSigns {
  let usage: JsonObject = {};
  return {
    tellsAtStart: true,
    signed: true,
    needles: marks,
    callMark,
    note: (frame, notes) => {
      const event = parseJson(frame.data);
      if (!isObject(event)) return notes;
      const type = event['type'];
      if (type === 'message_stop') return { ...notes, complete: true };
      if (type === 'error') return { ...notes, failure: new Failure('answer_cut', { note: frame.data.slice(0, 500) }) };
      if (type !== 'message_start' && type !== 'message_delta') return notes;
      usage = mergedUsage(usage, type === 'message_start' ? member(event['message'], 'usage') : event['usage']);
      const tokens = readUsage(usage, hook);
      const tools = toolsOfUsage(usage), advice = adviceOf(usage);
      if (type === 'message_start') return { ...notes, begun: tokens };
      // Who says why it stopped has said everything, though some forget the last event.
      return { ...notes, tokens, complete: notes.complete || text(member(event['delta'], 'stop_reason')) !== undefined, ...(tools ? { tools } : {}), ...(advice ? { advice } : {}) };
    },
  };
}
