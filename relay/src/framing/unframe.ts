import type { Failure } from '../failure/failure.ts';
import { AwsEventStream } from './aws-event-stream.ts';
import { JsonLines } from './json-lines.ts';

/** Turns the framing of an upstream into SSE. `push` and `end` fail for ever once they failed. */
export interface Unframe {
  push(chunk: Buffer): Buffer[] | Failure;
  end(): Buffer[] | Failure;
}

/** By the content type of the answer; undefined: it is SSE, or no stream. */
export function unframeFor(contentType: string | undefined): Unframe | undefined {
  if (contentType === undefined) return undefined;
  if (contentType.startsWith('application/vnd.amazon.eventstream')) return new AwsEventStream();
  return contentType.startsWith('application/x-ndjson') || contentType.startsWith('application/jsonl') ? new JsonLines() : undefined;
}
