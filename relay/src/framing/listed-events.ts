/** Events as the list that a client asked for, where its upstream sent SSE all the same. */
import { Failure } from '../failure/failure.ts';
import { isBlank, type Frame } from './frame.ts';
import { SseReader } from './sse-reader.ts';
import type { Unframe } from './unframe.ts';

export class ListedEvents implements Unframe {
  private readonly reader = new SseReader();
  private readonly isLast: (data: string) => boolean;
  private begun = false;
  private whole = false;

  /** @param isLast whether an event ends the answer: what breaks off before has no end here either */
  constructor(isLast: (data: string) => boolean) { this.isLast = isLast; }

  push(chunk: Buffer): Buffer[] | Failure {
    const frames = this.reader.push(chunk);
    return frames instanceof Failure ? frames : this.listed(frames);
  }

  end(): Buffer[] | Failure {
    const rest = this.listed(this.reader.end());
    return this.whole ? [...rest, Buffer.from(']')] : rest;
  }

  private listed(frames: readonly Frame[]): Buffer[] {
    return frames.flatMap((frame) => (isBlank(frame) ? [] : [this.element(frame.data)]));
  }

  private element(data: string): Buffer {
    const lead = this.begun ? ',\r\n' : '[';
    this.begun = true;
    this.whole ||= this.isLast(data);
    return Buffer.from(lead + data);
  }
}
