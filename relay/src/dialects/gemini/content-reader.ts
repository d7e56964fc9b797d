/** Contents as messages. Calls without ids get one from their place, and answers find them by id, else by name (dialects 4.3). */
import type { Json, JsonObject, MediaSource, Message, Part } from '../chat-event.ts';
import { isObject, text } from '../json-member.ts';
import { mediaMime } from '../request/media.ts';
import type { Reading } from '../request/reading.ts';
import { unseal } from '../memory/sealed-signature.ts';
import { given, givenList, givenObject, givenText } from './given.ts';

interface Waiting { id: string; name: string }

export class ContentReader {
  private readonly reading: Reading;
  /** Calls that were not answered yet. */
  private readonly waiting: Waiting[] = [];

  constructor(reading: Reading) { this.reading = reading; }

  /** One content may stand without its list, and a missing role is the user's. */
  read(contents: Json | undefined): Message[] {
    const all = isObject(contents) ? [contents] : this.reading.list(contents, 'contents');
    return all.map((content, index) => this.content(content, `contents[${index}]`, index));
  }

  private content(wire: Json, param: string, index: number): Message {
    const { reading } = this;
    // The SDKs take a text for a content, and a content for its parts.
    if (typeof wire === 'string') return { role: 'user', parts: [{ kind: 'text', text: wire }] };
    const content = reading.object(wire, param);
    const role = text(content['role'])?.toLowerCase() ?? 'user';
    if (role !== 'user' && role !== 'model' && role !== 'function' && role !== '') reading.wrong(`${param}.role`, 'must be user or model');
    let calls = 0;
    const callId = (): string => `call_${index}_${calls++}`;
    const parts = isObject(content['parts']) ? [content['parts']] : reading.list(content['parts'], `${param}.parts`);
    return { role: role === 'model' ? 'assistant' : 'user', parts: parts.flatMap((part, place) => this.part(part, `${param}.parts[${place}]`, callId)) };
  }

  private part(wire: Json, param: string, callId: () => string): Part[] {
    const part = typeof wire === 'string' ? { text: wire } : this.reading.object(wire, param);
    const signature = givenText(part, 'thoughtSignature') || undefined;
    const call = givenObject(part, 'functionCall');
    if (call) return this.call(call, signature, param, callId);
    const response = givenObject(part, 'functionResponse');
    if (response) return this.response(response, param);
    const said = part['text'];
    if (said !== undefined) return readText(this.reading.text(said, `${param}.text`) ?? '', part['thought'] === true, signature);
    const data = givenObject(part, 'inlineData');
    if (data) return [this.inline(data, `${param}.inlineData`)];
    const file = givenObject(part, 'fileData');
    if (file) return [this.file(file, `${param}.fileData`)];
    return [{ kind: 'opaque', dialect: 'gemini', raw: part }];
  }

  /** Thoughts of another house that had no part of their own come on the call behind them. */
  private call(wire: JsonObject, signature: string | undefined, param: string, callId: () => string): Part[] {
    const numbered = callId();
    const id = givenText(wire, 'id') || numbered;
    const name = this.reading.name(wire['name'], `${param}.functionCall.name`);
    this.waiting.push({ id, name });
    const args = given(wire, 'args');
    const sealed = signature === undefined ? undefined : unseal(signature);
    const foreign = sealed && sealed.kind !== 'call';
    const call: Part = { kind: 'tool-call', id, name, arguments: JSON.stringify(isObject(args) ? args : {}), ...(signature !== undefined && !foreign ? { signature } : {}) };
    return foreign ? [{ kind: 'reasoning', text: '', ...(sealed.kind === 'redacted' ? { redacted: signature } : { signature }) }, call] : [call];
  }

  private response(wire: JsonObject, param: string): Part[] {
    const id = givenText(wire, 'id') ?? '', name = givenText(wire, 'name') ?? '';
    const byId = this.waiting.findIndex((one) => one.id === id);
    const at = byId >= 0 ? byId : this.waiting.findIndex((one) => one.name === name);
    const [call] = at < 0 ? [] : this.waiting.splice(at, 1);
    if (!call) this.reading.wrong(`${param}.functionResponse`, 'answers no call');
    const body = given(wire, 'response');
    const failed = isObject(body) && Object.keys(body).length === 1 && body['error'] !== undefined;
    const media = givenList(wire, 'parts').flatMap((part) => { const data = givenObject(part, 'inlineData'); return data ? [this.inline(data, `${param}.functionResponse.parts`)] : []; });
    return [{ kind: 'tool-result', id: call?.id ?? id, parts: [{ kind: 'text', text: resultText(body) }, ...media], ...(failed ? { failed } : {}) }];
  }

  private inline(data: JsonObject, param: string): Part {
    const base64 = this.reading.name(data['data'], `${param}.data`);
    const mime = mediaMime(givenText(data, 'mimeType') ?? '', base64);
    return mediaPart({ base64, mime }, mime);
  }

  /** Addresses of the provider's own storage mean nothing elsewhere. */
  private file(data: JsonObject, param: string): Part {
    const uri = this.reading.name(given(data, 'fileUri'), `${param}.fileUri`);
    return mediaPart(own.test(uri) || !/^https?:/.test(uri) ? { fileId: uri } : { url: uri }, givenText(data, 'mimeType') ?? '');
  }
}

const own = /^https:\/\/generativelanguage\.googleapis\.com\/|^https:\/\/storage\.googleapis\.com\//;

function mediaPart(source: MediaSource, mime: string): Part {
  if (mime.startsWith('image/')) return { kind: 'image', source };
  if (mime.startsWith('audio/')) return { kind: 'audio', source, format: audioFormat(mime) };
  if (mime.startsWith('video/') || ('url' in source && /youtu\.?be/.test(source.url))) return { kind: 'video', source, mime };
  return { kind: 'file', source };
}

/** As OpenAI names them. */
const audioFormat = (mime: string): string => mime.slice('audio/'.length).replace(/^(mpeg|mpga|mp4)$/, 'mp3').replace(/^(x-wav|wave|vnd\.wave)$/, 'wav');

function readText(said: string, thought: boolean, signature: string | undefined): Part[] {
  if (!thought) {
    const mark: Part[] = signature === undefined ? [] : [{ kind: 'reasoning', text: '', signature }];
    return said === '' ? mark : [{ kind: 'text', text: said }, ...mark];
  }
  const redacted = signature !== undefined && unseal(signature)?.kind === 'redacted';
  return [{ kind: 'reasoning', text: said, ...(redacted ? { redacted: signature } : { signature }) }];
}

/** The members under which SDKs put a result that is a plain text. */
const plainMembers = new Set(['result', 'output', 'content', 'error']);

function resultText(body: Json | undefined): string {
  if (typeof body === 'string') return body;
  if (!isObject(body)) return body === undefined ? '' : JSON.stringify(body);
  const [only, ...others] = Object.entries(body);
  return only && !others.length && plainMembers.has(only[0]) && typeof only[1] === 'string' ? only[1] : JSON.stringify(body);
}
