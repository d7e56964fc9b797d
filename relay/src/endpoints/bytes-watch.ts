/** Follows an answer that is no JSON: sound, plain text, subtitles. Any byte makes it an answer; of a text the end is looked at. */
import type { AnswerReport, AnswerWatch } from '../dialects/dialect.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { subtitleEnd, tokensOfSeconds } from './audio-time.ts';

const tailBytes = 512;

export class BytesWatch implements AnswerWatch {
  private tail: Buffer = Buffer.alloc(0);
  private bytes = 0;
  private readonly isTranscript: boolean;

  /** @param isTranscript subtitles tell how long the sound was */
  constructor(isTranscript: boolean) { this.isTranscript = isTranscript; }

  see(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.isTranscript) this.tail = Buffer.from(Buffer.concat([this.tail, chunk]).subarray(-tailBytes));
  }

  report(): AnswerReport {
    const seconds = this.isTranscript ? subtitleEnd(this.tail.toString('latin1')) : undefined;
    const tokens = seconds === undefined ? undefined : { ...noTokens, input: tokensOfSeconds(seconds) };
    return { tokens, begun: undefined, complete: this.bytes > 0, receivedTokens: 0, failure: undefined };
  }
}
