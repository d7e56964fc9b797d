/** A form as the JSON of the same request, for providers that take no form (providers 5, 7.3): its files become data addresses. */
import type { Json } from '../../dialects/chat-event.ts';
import { mediaMime, toDataUrl } from '../../dialects/request/media.ts';
import { Failure } from '../../failure/failure.ts';
import { FormScan } from '../../framing/form-scan.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import { collected } from '../../uploads/collected.ts';
import type { Upload } from '../../uploads/upload.ts';
import { Received } from '../entry/received.ts';
import { targetOf } from './upstream-call.ts';

/** In base64 it is a third more, and all of it is held. */
const mostBytes = 24 << 20;

/**
 * The request as this channel takes it. Read once, whatever the number of attempts.
 *
 * @returns Failures: `read_request_body_failed` for a form that is too large to be held, and those of its endpoint
 */
export async function inJson(request: Received, channel: Channel): Promise<Received | Failure> {
  const { upload, dialect: client, facts: { model, stream } } = request;
  if (!upload || request.asJson) return request.asJson ?? request;
  const target = targetOf(channel, { client, model, stream });
  if (target instanceof Failure || target.passThrough) return request;
  const bytes = await collected(upload.source([]), mostBytes);
  return bytes instanceof Failure ? bytes : read(request, upload, bytes);
}

function read(request: Received, { boundary }: Upload, bytes: Buffer): Received | Failure {
  const scan = new FormScan(boundary), { dialect, facts: { estimatedInput } } = request;
  scan.push(bytes);
  if (!scan.ended) return new Failure('bad_request_body', { say: 'The form ends without its closing boundary.' });
  const body = Buffer.from(JSON.stringify(jsonOf(scan, bytes)));
  const facts = dialect.scan(body, undefined);
  if (facts instanceof Failure) return facts;
  const asJson = new Received(dialect, estimatedInput === undefined ? facts : { ...facts, estimatedInput }, body);
  asJson.give = request.give;
  asJson.owner = request.owner;
  return request.asJson = asJson;
}

/** `image[]`, and what is named twice, is a list. Fields are texts; the number of pictures is a number. */
function jsonOf(scan: FormScan, bytes: Buffer): Json {
  const made = new Map<string, Json[]>();
  const add = (name: string, value: Json): void => { const key = name.replace(/\[\]$/, ''); made.set(key, [...made.get(key) ?? [], value]); };
  for (const { name, value } of scan.fields) add(name, name === 'n' ? Number(value) : value);
  for (const { name, start, bytes: length } of scan.files) {
    const base64 = bytes.toString('base64', start, start + length);
    add(name, toDataUrl({ base64, mime: mediaMime('', base64) }));
  }
  const isList = (name: string): boolean => [...scan.fields, ...scan.files].some((each) => each.name === `${name}[]`);
  return Object.fromEntries([...made].map(([name, values]) => [name, values.length > 1 || isList(name) ? values : values[0]!]));
}
