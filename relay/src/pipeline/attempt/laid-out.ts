/** What few providers want of a request that is written: an address that says part of it, files that go ahead, or the form of a form. */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { isObject } from '../../dialects/json-member.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import type { FilesTo } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { addressAt } from '../../providers/parts/upstream-address.ts';
import { writtenForm } from '../../uploads/written-form.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamRequest } from '../../upstream/upstream.ts';
import type { Relay } from '../relay.ts';
import type { Call } from './prepared-call.ts';
import { collect, readRefusal } from './refusal-body.ts';
import type { Target } from './upstream-call.ts';

const answerBytes = 65_536;

export const wantsMore = (target: Target): boolean =>
  target.served?.pathFor !== undefined || target.served?.asForm !== undefined || filesToOf(target) !== undefined;

const filesToOf = ({ served, provider, passThrough }: Target): FilesTo | undefined => served?.filesTo ?? (served || passThrough ? undefined : provider.filesTo);

/** Failures: of a file that is refused, and `client_gone`. */
export async function laidOut(request: UpstreamRequest, call: Call, relay: Relay, signal: Signal): Promise<UpstreamRequest | Failure> {
  const { served } = call.target, to = filesToOf(call.target);
  const placed = served?.pathFor && call.rewritten ? at(request, call, served.pathFor(call.rewritten.request)) : request;
  if (placed instanceof Failure || (!to && !served?.asForm)) return placed;
  const members = Buffer.isBuffer(placed.body) ? parseLossless(placed.body.toString('utf8')) : undefined;
  if (!isObject(members)) return placed;
  const sent = to ? await withFiles(members, { request: placed, call, to, members }, relay, signal) : members;
  if (sent instanceof Failure) return sent;
  if (sent === members && !served?.asForm) return placed;
  return served?.asForm ? asForm(placed, sent) : { ...placed, body: Buffer.from(JSON.stringify(sent)) };
}

function at(request: UpstreamRequest, { target }: Call, path: string): UpstreamRequest | Failure {
  const url = addressAt(target.base, path);
  return url instanceof Failure ? url : { ...request, origin: url.origin, path: url.pathname + url.search };
}

function asForm(request: UpstreamRequest, members: JsonObject): UpstreamRequest {
  const { contentType, body } = writtenForm(members);
  return { ...request, body, headers: request.headers.map((value, index) => (request.headers[index - 1] === 'content-type' && index % 2 === 1 ? contentType : value)) };
}

interface Ahead { readonly request: UpstreamRequest; readonly call: Call; readonly to: FilesTo; readonly members: JsonObject }

/** Each data address becomes the one under which the provider keeps its bytes. */
async function withFiles(members: JsonObject, ahead: Ahead, relay: Relay, signal: Signal): Promise<JsonObject | Failure> {
  const kept = new Map<string, string>();
  for (const address of new Set(filesIn(members, ahead.to.members))) {
    const place = await keep(address, ahead, relay, signal);
    if (place instanceof Failure) return place;
    kept.set(address, place);
  }
  if (kept.size === 0) return members;
  return replaced(members, kept, ahead.to.members);
}

const isFile = (value: Json): value is string => typeof value === 'string' && value.startsWith('data:');

function filesIn(value: Json, names: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => filesIn(each, names));
  return isObject(value) ? Object.entries(value).flatMap(([name, each]) => (names.includes(name) && isFile(each) ? [each] : filesIn(each, names))) : [];
}

function replaced(value: JsonObject, kept: ReadonlyMap<string, string>, names: readonly string[]): JsonObject {
  const inside = (each: Json): Json => (Array.isArray(each) ? each.map(inside) : isObject(each) && !JSON.isRawJSON(each) ? replaced(each, kept, names) : each);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, names.includes(name) && isFile(each) ? kept.get(each) ?? each : inside(each)]));
}

async function keep(address: string, { request, call, to, members }: Ahead, relay: Relay, signal: Signal): Promise<string | Failure> {
  const placed = at(request, call, to.path);
  if (placed instanceof Failure) return placed;
  const answer = await relay.upstream.open(asForm(placed, { ...to.beside?.(members), [to.field]: address }), signal);
  if (answer instanceof Failure) return answer;
  if (answer.status < 200 || answer.status > 299) return readRefusal(answer, call.target, signal);
  const body = parseLossless((await collect(answer, signal, answerBytes)).toString('utf8'));
  return (isObject(body) ? to.placeIn(body) : undefined) ?? new Failure(signal.aborted ? 'client_gone' : 'bad_response_body', { note: 'no address for a file' });
}
