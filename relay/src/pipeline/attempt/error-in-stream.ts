import { isCodec, type Wire } from '../../dialects/dialect.ts';
import { readBreak } from '../../dialects/upstream-refusal.ts';
import type { Failure } from '../../failure/failure.ts';
import { isBlank } from '../../framing/frame.ts';
import { SseReader } from '../../framing/sse-reader.ts';
import type { Opening } from './opening.ts';

/** A stream that fails before it said anything: as the refusal that it is (providers 1.4). Undefined: it does not say that it failed. */
export function errorInStream({ pieces, complete }: Pick<Opening, 'pieces' | 'complete'>, dialect: Wire): Failure | undefined {
  if (!isCodec(dialect)) return undefined;
  const framing = new SseReader(), reader = dialect.newReader();
  const frames = framing.push(Buffer.concat(pieces));
  const events = Array.isArray(frames) ? [...frames, ...(complete ? framing.end() : [])].flatMap((frame) => (isBlank(frame) ? [] : reader.read(frame))) : [];
  const failed = events.find((event) => event.type === 'answer-failure');
  return failed && readBreak('bad_response_status_code', failed.message, failed.kind);
}
