/** First answers that are not what the client asked for yet: work under way, and media that stand elsewhere (providers 7.3, 7.4). */
import { isObject } from '../../dialects/json-member.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import { withMedia } from '../../endpoints/rewritten.ts';
import type { Fetched, ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import type { Media } from '../../upstream/media-fetch.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamAnswer, UpstreamRequest } from '../../upstream/upstream.ts';
import type { Relay } from '../relay.ts';
import type { Call } from './prepared-call.ts';
import { workBytes, workDone } from './background-work.ts';
import { collect } from './refusal-body.ts';
import { Replayed } from './replayed.ts';

/** Whether answers of this endpoint may need it. */
export const mayBeUnfinished = (served: ServedAs | undefined): served is ServedAs => served?.background !== undefined || served?.addresses !== undefined || served?.bytesAs !== undefined;

export interface Begun { readonly answer: UpstreamAnswer; readonly call: Call; readonly sent: UpstreamRequest; readonly userId: number }

export interface Finished { readonly answer: UpstreamAnswer; readonly call: Call }

/** Streams, and what is no JSON, stay as they are, but for pictures where somebody reads them. Failures: those of `workDone`. */
export async function finished({ answer, call, sent, userId }: Begun, served: ServedAs, relay: Relay, signal: Signal): Promise<Finished | Failure> {
  const type = answer.header('content-type') ?? '', { bytesAs } = served;
  if (bytesAs !== undefined && type.startsWith('image/')) {
    const bytes = await collect(answer, signal, workBytes);
    return { answer: new Replayed(answer, 'application/json', Buffer.from(JSON.stringify({ [bytesAs]: bytes.toString('base64') }))), call };
  }
  if (!type.includes('json')) return { answer, call };
  const first = await collect(answer, signal, workBytes);
  const last = served.background ? await workDone(first, { target: call.target, begun: sent, background: served.background }, relay, signal) : first;
  if (last instanceof Failure) return last;
  const media = await mediaIn(last, call, served, (address, kind) => relay.media.fetch(address, kind, userId, signal));
  if (signal.aborted) return new Failure('client_gone');
  const rewritten = call.rewritten && media ? withMedia(call.rewritten, served, media) : call.rewritten;
  return { answer: new Replayed(answer, 'application/json', last), call: rewritten ? { ...call, rewritten } : call };
}

type Fetch = (address: string, kind: Parameters<Relay['media']['fetch']>[1]) => Promise<Media | undefined>;

/** Undefined: none are wanted. What cannot be had is missing: whoever reads the answer knows what to do without. */
async function mediaIn(answer: Buffer, { rewritten }: Call, served: ServedAs, fetch: Fetch): Promise<Fetched | undefined> {
  const parsed = rewritten && served.addresses ? parseLossless(answer.toString('utf8')) : undefined;
  const wanted = rewritten && isObject(parsed) ? served.addresses?.(parsed, rewritten.request) ?? [] : [];
  if (wanted.length === 0) return undefined;
  const found = await Promise.all(wanted.map(async ({ address, kind }) => [address, await fetch(address, kind)] as const));
  return new Map(found.filter((each): each is readonly [string, Media] => each[1] !== undefined));
}
