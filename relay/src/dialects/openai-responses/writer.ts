/** Events as the events of this dialect (dialects 6.8). A whole answer is what the last of them repeats. */
import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, JsonObject } from '../chat-event.ts';
import type { AnswerWriter, Frame, WriterOptions } from '../dialect.ts';
import { cleaned } from '../upstream-refusal.ts';
import { noTokens } from '../metering/usage.ts';
import { failureFrames, frame } from './failure.ts';
import { writeFinish } from './finish.ts';
import { OutputWriter } from './output-writer.ts';
import { customNames, namespaces } from './tool-reader.ts';
import { responseHead } from './response-object.ts';
import { writeUsage } from './usage-writer.ts';

export const newWriter = (options: WriterOptions): AnswerWriter => new Writer(options);

export function writeAnswer(events: readonly ChatEvent[], options: WriterOptions): JsonObject {
  const writer = new Writer(options);
  for (const event of events) writer.write(event);
  return writer.response;
}

class Writer implements AnswerWriter {
  response: JsonObject;
  private readonly options: WriterOptions;
  private output: OutputWriter;
  private sequence = 0;
  private tokens = noTokens;
  private finish: ChatEvent & { type: 'answer-finish' } = { type: 'answer-finish', reason: 'stop' };
  private failed = false;

  constructor(options: WriterOptions) {
    this.options = options;
    this.response = responseHead({ type: 'answer-start', id: '', model: '', created: 0 }, options);
    this.output = this.newOutput();
  }

  write(event: ChatEvent): Frame[] {
    switch (event.type) {
      case 'answer-start': return this.start(event);
      case 'part-start': return this.output.start(event.index, event.part, event.choice);
      case 'text-delta': return this.output.text(event.index, event.text, event.logprobs);
      case 'arguments-delta': return this.output.argument(event.index, event.text);
      case 'signature-delta': this.output.sign(event.index, event.signature); return [];
      case 'citation': this.output.cite(event.index, event.citation); return [];
      case 'part-end': return this.output.end(event.index);
      case 'usage-report': this.tokens = event.tokens; return [];
      case 'answer-finish': if (event.choice) return []; this.finish = event; return [...(event.reason === 'content_filter' && event.detail ? this.output.refuse(event.detail) : []), ...this.output.close()];
      case 'answer-failure': return this.fail(new Failure('answer_cut', { say: cleaned(event.message) }));
      case 'answer-end': return this.failed ? [] : this.end();
    }
  }

  fail(failure: Failure): Frame[] {
    this.failed = true;
    const { sequence } = this;
    return failureFrames(failure, this.options.requestId, sequence, { ...this.response, output: this.output.broken() });
  }

  private start(event: ChatEvent & { type: 'answer-start' }): Frame[] {
    this.response = responseHead(event, this.options);
    this.output = this.newOutput();
    return [this.emit('response.created', { response: this.response }), this.emit('response.in_progress', { response: this.response })];
  }

  private newOutput(): OutputWriter {
    const { dropSignatures, echo } = this.options;
    return new OutputWriter((type, members) => this.emit(type, members), this.response, { signatures: dropSignatures !== true, customTools: this.options.customTools ?? customNames(echo?.['tools']), spaces: namespaces(echo?.['tools']) });
  }

  private end(): Frame[] {
    const { status, details } = writeFinish(this.finish.reason);
    const completedAt = status === 'completed' ? this.options.now?.() ?? this.response['created_at'] ?? null : null;
    this.response = { ...this.response, status, completed_at: completedAt, incomplete_details: details, output: this.output.output, usage: writeUsage(this.tokens) };
    return [this.emit(`response.${status}`, { response: this.response })];
  }

  private emit(type: string, members: JsonObject): Frame { return frame(type, this.sequence++, members); }
}
