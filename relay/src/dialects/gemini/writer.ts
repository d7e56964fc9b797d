/** Events as chunks (dialects 6.10). Finish and usage wait for the end: usage may come behind the finish. */
import { Failure } from '../../failure/failure.ts';
import { answerId } from '../answer/answer-id.ts';
import type { ChatEvent, JsonObject } from '../chat-event.ts';
import type { AnswerWriter, Frame, WriterOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cleaned } from '../upstream-refusal.ts';
import { noTokens } from '../metering/usage.ts';
import { renderStreamFailure } from './failure.ts';
import { writeFinish } from './finish.ts';
import { writeGrounding } from './grounding.ts';
import { writeLogprobs } from './logprobs.ts';
import { PartWriter, type Written } from './part-writer.ts';
import { writeUsage } from './usage-writer.ts';

export const newWriter = (options: WriterOptions): AnswerWriter => new Writer(options);

type Finish = ChatEvent & { type: 'answer-finish' };

class Writer implements AnswerWriter {
  private readonly options: WriterOptions;
  private readonly parts: PartWriter;
  private readonly finishes: Finish[] = [];
  private head: JsonObject;
  private tokens = noTokens;
  private failed = false;

  constructor(options: WriterOptions) {
    this.options = options;
    this.parts = new PartWriter(options.reasoning ?? 'shown');
    this.head = headOf('', options);
  }

  write(event: ChatEvent): Frame[] {
    switch (event.type) {
      case 'answer-start': this.head = headOf(event.id, this.options); return [];
      case 'usage-report': this.tokens = event.tokens; return [];
      case 'answer-finish': this.finishes.push(event); return [];
      case 'answer-failure': this.failed = true; return renderStreamFailure(new Failure('answer_cut', { say: cleaned(event.message) }), this.options.requestId);
      case 'answer-end': return this.failed ? [] : this.end();
      default: return this.parts.write(event).map((written) => this.chunk(written));
    }
  }

  private chunk({ part, choice, logprobs }: Written): Frame {
    return frame({ candidates: [{ content: { role: 'model', parts: [part] }, index: choice, ...writeLogprobs(logprobs ?? []) }], ...this.head });
  }

  private end(): Frame[] {
    const usage = { usageMetadata: writeUsage(this.tokens) };
    const last = this.finishes.length - 1;
    return this.finishes.map((finish, place) => frame({ candidates: [this.finished(finish)], ...(place === last ? usage : {}), ...this.head }));
  }

  private finished(finish: Finish): JsonObject {
    const choice = finish.choice ?? 0;
    return wire({
      content: { role: 'model', parts: [{ text: '' }] }, ...finishMembers(finish, this.parts.refusals.get(choice)), index: choice,
      groundingMetadata: writeGrounding(this.parts.texts.filter((text) => text.choice === choice)),
    });
  }
}

export const headOf = (id: string, { requestId, model }: WriterOptions): JsonObject => ({ modelVersion: model, responseId: answerId('', id, requestId) });

/** @param refusal what it said in refusing, which this dialect says beside the finish and not in the text */
export const finishMembers = ({ reason, native, detail }: Finish, refusal?: string): { [member: string]: string | undefined } => {
  if (reason !== 'content_filter' && refusal === undefined) return { finishReason: writeFinish(reason) };
  return { finishReason: native !== undefined && ownWord.test(native) ? native : writeFinish('content_filter'), finishMessage: refusal ?? detail };
};

/** The word of an upstream of this dialect says more than ours. */
const ownWord = /^(SAFETY|RECITATION|LANGUAGE|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_[A-Z_]+)$/;

const frame = (chunk: JsonObject): Frame => ({ event: undefined, data: JSON.stringify(chunk) });
