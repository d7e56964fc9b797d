/** Messages as contents (dialects 4.2, 4.5, 4.7). */
import { Failure } from '../../failure/failure.ts';
import { usualModelSettings } from '../../models/model-settings.ts';
import type { ChatRequest, JsonObject, MediaSource, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { isObject, wire } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { cannot } from '../request/losses.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { toInput } from '../request/tool-input.ts';
import { unmatchedCall } from '../request/tool-turns.ts';
import { resultsFirst, toTurns, type Turn } from '../request/turns.ts';
import { dataPart, textPart } from './answer-parts.ts';
import { Signatures } from './signatures.ts';

export function writeContents(request: ChatRequest, options: RequestOptions): JsonObject[] | Failure {
  const unmatched = unmatchedCall(request.messages);
  if (unmatched) return unmatched;
  const turns = toTurns(request.messages, () => options.warn?.('system_inlined'));
  const signatures = new Signatures(request, turns, (options.models ?? usualModelSettings).gemini.callSignatures);
  const names = new Map(turns.flatMap(({ parts }) => parts.flatMap(({ part }): [string, string][] => (part.kind === 'tool-call' ? [[part.id, part.name]] : []))));
  const written: { role: string; parts: JsonObject[] }[] = [];
  for (const [index, turn] of turns.entries()) {
    const parts = turn.role === 'assistant' ? writeModel(turn, signatures.of(index), options) : writeUser(resultsFirst(turn, turns[index - 1]), names);
    if (parts instanceof Failure) return parts;
    const role = turn.role === 'assistant' ? 'model' : 'user';
    const before = written.at(-1);
    if (before?.role === role) before.parts.push(...parts);
    else if (parts.length) written.push({ role, parts });
    else if (role === 'user') return new Failure('invalid_request', { say: `\`${turn.parts[0]?.param ?? 'messages'}\` is empty.`, param: 'messages' });
  }
  return written.map(({ role, parts }): JsonObject => ({ role, parts }));
}

/** What a model said. Thoughts go back to who signed them, and to nobody else. */
function writeModel({ parts }: Turn, signed: ReturnType<Signatures['of']>, options: RequestOptions): JsonObject[] | Failure {
  const written: JsonObject[] = [];
  for (const [place, { part, param }] of parts.entries()) {
    if (part.kind === 'reasoning') { signed.thought(place, written); continue; }
    if (part.kind === 'tool-call') {
      const { id, name, arguments: args } = part;
      written.push(wire({ functionCall: { id: legalCallId(id), name, args: toInput(args, options.warn) }, thoughtSignature: signed.call(place) }));
      continue;
    }
    const one = writePart(part, param, true);
    if (one instanceof Failure) return one;
    if (one) written.push(one);
  }
  return written;
}

function writeUser(parts: Turn['parts'], names: ReadonlyMap<string, string>): JsonObject[] | Failure {
  const written: JsonObject[] = [];
  for (const { part, param } of parts) {
    const one = part.kind === 'tool-result' ? writeResult(part, names, param) : writePart(part, param, false);
    if (one instanceof Failure) return one;
    if (one) written.push(one);
  }
  return written;
}

/** A result is an object here: a text that is one goes as it is, any other under a name. */
function writeResult(part: Part & { kind: 'tool-result' }, names: ReadonlyMap<string, string>, param: string): JsonObject | Failure {
  const texts = part.parts.flatMap((each) => (each.kind === 'text' ? [each.text] : []));
  const media: JsonObject[] = [];
  for (const each of part.parts) {
    if (each.kind === 'text') continue;
    const one = writePart(each, param, false);
    if (one instanceof Failure) return one;
    if (one) media.push(one);
  }
  const said = texts.join('');
  const value = parseLossless(said);
  const response: JsonObject = part.failed ? { error: said } : isObject(value) ? value : { result: said };
  return { functionResponse: wire({ id: legalCallId(part.id), name: names.get(part.id) ?? '', response, parts: media.length ? media : undefined }) };
}

/** Undefined: there is nothing to say. @param past what a model said before: what cannot be said again is left out */
function writePart(part: Part, param: string, past: boolean): JsonObject | undefined | Failure {
  switch (part.kind) {
    case 'text':
    case 'refusal': return part.text === '' ? undefined : textPart(part.text);
    case 'image': return writeMedia(part.source, undefined, param);
    case 'audio': return writeMedia(part.source, undefined, param);
    case 'video': return writeMedia(part.source, part.mime, param);
    case 'file': return writeFile(part, param);
    case 'opaque':
      if (part.dialect === 'gemini' && isObject(part.raw)) return part.raw;
      return past ? undefined : cannot(param);
    default: return undefined;
  }
}

/** Of addresses this provider takes only those of its own storage and of one video site. */
function writeMedia(source: MediaSource, mime: string | undefined, param: string): JsonObject | Failure {
  if ('base64' in source) return dataPart({ ...source, mime: source.mime === 'audio/mp3' ? 'audio/mpeg' : source.mime });
  if ('url' in source && own.test(source.url)) return { fileData: wire({ mimeType: mime || undefined, fileUri: source.url }) };
  if ('url' in source) return cannot(param, 'must hold its data: this provider takes no addresses');
  if ('text' in source) return textPart(source.text);
  return cannot(param, 'names a file that belongs to another provider');
}

const own = /^(gs:\/\/|https:\/\/(www\.)?youtube\.com\/|https:\/\/youtu\.be\/)/;

function writeFile({ source, name }: Part & { kind: 'file' }, param: string): JsonObject | Failure {
  if ('text' in source) return textPart(name ? `${name}\n\n${source.text}` : source.text);
  return writeMedia(source, undefined, param);
}
