import { isCodec, type Wire } from '../../dialects/dialect.ts';
import { readBreak } from '../../dialects/upstream-refusal.ts';
import type { Failure } from '../../failure/failure.ts';
import { isBlank } from '../../framing/frame.ts';
import { SseReader } from '../../framing/sse-reader.ts';
import { parseJson } from '../../dialects/json-member.ts';
import { refusalWords } from '../../dialects/refusal-words.ts';
import type { Opening } from './opening.ts';
import { refusalOf } from './refusal-body.ts';
import type { Target } from './upstream-call.ts';

/** A stream that fails before it said anything: as the refusal that it is (providers 1.4). Undefined: it does not say that it failed. */
export function errorInStream({ pieces, complete }: Pick<Opening, 'pieces' | 'complete'>, dialect: Wire): Failure | undefined {
  if (!isCodec(dialect)) return undefined;
  const framing = new SseReader(), reader = dialect.newReader();
  const frames = framing.push(Buffer.concat(pieces));
  const events = Array.isArray(frames) ? [...frames, ...(complete ? framing.end() : [])].flatMap((frame) => (isBlank(frame) ? [] : reader.read(frame))) : [];
  const failed = events.find((event) => event.type === 'answer-failure');
  return failed && readBreak('bad_response_status_code', failed.message, failed.kind);
}

const own = Buffer.from('"base_resp"'), choices = Buffer.from('"choices":[');

/** The same where the first event says it in words that no dialect has. Undefined: it does not; that is told by one search. */
export function refusedInOwnWords({ pieces: [first] }: Pick<Opening, 'pieces'>, target: Target): Failure | undefined {
  if (!first?.includes(own) || first.includes(choices)) return undefined;
  const frames = new SseReader().push(first), data = Array.isArray(frames) ? frames.find((frame) => !isBlank(frame))?.data : undefined;
  return data !== undefined && refusalWords(parseJson(data)).said ? refusalOf(200, Buffer.from(data), target) : undefined;
}
