/** Counts what a turn uses, about, for a session that ends before its report comes (appendix A: a client that leaves, a cut). */
import type { UsageTokens } from '../gql/types.gen.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { secondsOf, typeOf } from './frame.ts';

/** Model tokens of a second of sound, as OpenAI counts them. */
const heardPerSecond = 10, spokenPerSecond = 20;
const bytesPerToken = 4;
/** Of a frame of text the frame around it. */
const frameOverhead = 120;

export class TurnMeter {
  private heard = 0;
  private read = 0;
  private spoken = 0;
  private written = 0;
  /** The provider works on an answer. */
  isAnswering = false;

  fromClient(frame: Buffer): void {
    const type = typeOf(frame);
    if (type === 'input_audio_buffer.append') this.heard += secondsOf(frame.length);
    else if (type === 'conversation.item.create' || type === 'response.create') this.read += Math.max(0, frame.length - frameOverhead);
  }

  fromUpstream(frame: Buffer): void {
    const type = typeOf(frame);
    if (type === 'response.created') this.isAnswering = true;
    else if (type === 'response.audio.delta' || type === 'response.output_audio.delta') this.spoken += secondsOf(frame.length);
    else if (type !== undefined && type.endsWith('.delta')) this.written += Math.max(0, frame.length - frameOverhead);
  }

  /** What was used since the last reset. */
  get tokens(): UsageTokens {
    const inputAudio = Math.ceil(this.heard * heardPerSecond), outputAudio = Math.ceil(this.spoken * spokenPerSecond);
    return {
      ...noTokens, inputAudio, outputAudio,
      input: inputAudio + Math.ceil(this.read / bytesPerToken), output: outputAudio + Math.ceil(this.written / bytesPerToken),
    };
  }

  reset(): void {
    this.heard = this.read = this.spoken = this.written = 0;
    this.isAnswering = false;
  }
}
