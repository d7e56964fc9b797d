import { Failure } from '../../failure/failure.ts';
import { JsonArrayReader } from '../../framing/json-array-reader.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { BodyWatch, type BodySigns } from '../metering/body-watch.ts';
import type { AnswerReport, AnswerWatch, WatchOptions } from '../dialect.ts';
import { member, parseJson } from '../json-member.ts';
import { AnswerSignatures } from '../memory/seen-signatures.ts';
import { maySearch, searchesOf } from '../metering/tool-use.ts';
import { ReceivedText } from '../metering/received-text.ts';
import { needles, signsBy, type StreamNotes, StreamWatch } from '../metering/stream-watch.ts';
import { readUsage, type UsageHook } from '../metering/usage.ts';
import { given, givenList, givenText } from './given.ts';
import { latest } from './latest-usage.ts';

export function watch({ stream, usage, form }: WatchOptions): AnswerWatch {
  if (!stream) return new BodyWatch(usage, body);
  return form === 'json-array' ? new ListWatch(usage) : new StreamWatch(signs(usage));
}

const body: BodySigns = { scan: memberScan(['usageMetadata', 'error', 'candidates', 'promptFeedback']), whole: ['candidates', 'promptFeedback'], said: 'candidates', usage: 'usageMetadata', signed: true, tools: (read, bytes) => (maySearch(bytes) ? searchesOf(read('candidates')) : undefined) };

/** What the model writes stands in the parts of each chunk. */
const parts = Buffer.from('"parts"'), callMark = Buffer.from('"functionCall"');

/** Usage comes with every chunk and grows: before the finish it says what was read, and what was written only so far. */
const signs = signsBy((hook) => ({
  tellsAtStart: false,
  signed: true,
  callMark,
  textMark: parts,
  needles: needles('"finishReason"', '"error"', '"blockReason"', '"usageMetadata"'),
  note: (frame, notes) => note(frame.data, notes, hook),
}));

function note(data: string, notes: StreamNotes, hook: UsageHook | undefined): StreamNotes {
  const chunk = parseJson(data);
  const error = member(chunk, 'error');
  if (error !== undefined && error !== null) return { ...notes, failure: new Failure('answer_cut', { note: data.slice(0, 500) }) };
  const finished = givenText(given(chunk, 'promptFeedback'), 'blockReason') !== undefined
    || givenList(chunk, 'candidates').some((candidate) => givenText(candidate, 'finishReason') !== undefined);
  const complete = notes.complete || finished;
  const tools = maySearch(data) ? searchesOf(given(chunk, 'candidates')) ?? notes.tools : notes.tools, searched = tools ? { ...notes, tools } : notes;
  const report = latest(readUsage(given(chunk, 'usageMetadata'), hook), notes.tokens ?? notes.begun);
  return complete ? { ...searched, complete, tokens: report } : { ...searched, begun: report };
}

/** A stream in the form of one list: its elements are read one by one. */
class ListWatch implements AnswerWatch {
  private readonly framing = new JsonArrayReader();
  private readonly received = new ReceivedText(callMark, parts);
  private readonly signed = new AnswerSignatures();
  private readonly hook: UsageHook | undefined;
  private notes: StreamNotes = { tokens: undefined, begun: undefined, complete: false, failure: undefined };

  constructor(hook: UsageHook | undefined) { this.hook = hook; }

  see(chunk: Buffer): void {
    const frames = this.framing.push(chunk);
    if (frames instanceof Failure) return;
    for (const { data } of frames) {
      const bytes = Buffer.from(data);
      this.notes = note(data, this.notes, this.hook);
      this.received.addEvents(bytes);
      this.signed.read(bytes);
    }
  }

  signatures(): readonly string[] { return this.signed.values; }

  report(): AnswerReport {
    const { notes } = this;
    return { ...notes, begun: notes.tokens ? undefined : notes.begun, receivedTokens: notes.complete ? notes.tokens?.output ?? this.received.tokens : this.received.tokens };
  }
}

const finish = Buffer.from('"finishReason"'), block = Buffer.from('"blockReason"');

/** Usage may follow, but everything was said. */
export const holdsEnd = (piece: Buffer): boolean => piece.includes(finish) || piece.includes(block);
