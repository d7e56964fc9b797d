/** A request that comes as a form: read as far as its endpoint needs, and passed on without being held where that can be. */
import type { FormPlan, RequestFacts, Surface } from '../../dialects/dialect.ts';
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { Failure } from '../../failure/failure.ts';
import { boundaryOf } from '../../framing/form-scan.ts';
import { HeldBytes } from '../../uploads/held-bytes.ts';
import { Upload, type UploadPlan } from '../../uploads/upload.ts';
import type { BodyTaker, Exchange, Flow } from '../exchange.ts';
import { Received } from './received.ts';

/** Of a form that waits this much stays in memory, the rest on disk. */
const memoryBytes = 1 << 20;

export const isForm = ({ headers }: Pick<Exchange, 'headers'>, { form }: Surface): boolean => form !== undefined && boundaryOf(headers.contentType) !== undefined;

/** Failures: `bad_request_body`, `read_request_body_failed`, `upload_not_held`, and those of the endpoint, which name the field. */
export async function receiveForm(exchange: Exchange, dialect: Surface, folder: string): Promise<Received | Failure> {
  const { form } = dialect, { contentType, contentEncoding } = exchange.headers, boundary = boundaryOf(contentType);
  if (!form || boundary === undefined) return new Failure('bad_request_body');
  const packed = contentEncoding !== '' && contentEncoding !== 'identity';
  const plan: UploadPlan = { boundary, bodyBytes: packed ? undefined : exchange.bodyBytes, until: form.until };
  const upload = new Upload(plan, new HeldBytes(memoryBytes, folder), (taker) => (packed ? unpacked(exchange, taker) : exchange.pipeBody(taker)));
  const received = await upload.known.then((failure) => failure ?? receivedForm(exchange, dialect, form, upload));
  if (received instanceof Failure) upload.close();
  return received;
}

function receivedForm(exchange: Exchange, dialect: Surface, form: FormPlan, upload: Upload): Received | Failure {
  const body = Buffer.from(JSON.stringify(asJson(upload)));
  if (form.asJson) return fieldsOnly(exchange, dialect, body, upload);
  const facts = dialect.scan(body, exchange);
  if (facts instanceof Failure) return facts;
  // A file that has not come yet may still come: then the upstream says what it misses.
  if (form.file !== undefined && upload.isComplete && !upload.files.some(({ name }) => name === form.file)) {
    return new Failure('invalid_request', { say: `\`${form.file}\` is required.`, param: form.file });
  }
  const estimatedInput = form.estimate(upload.files, upload.bytes);
  const known: RequestFacts = { ...facts, estimatedInput: facts.estimatedInput ?? estimatedInput };
  const request = new Received(dialect, known, body, upload);
  request.give = form.give;
  return request;
}

function fieldsOnly(exchange: Exchange, dialect: Surface, fields: Buffer, upload: Upload): Received | Failure {
  upload.close();
  const taken = dialect.clientForm ? dialect.clientForm(fields, exchange) : { body: fields };
  if (taken instanceof Failure) return taken;
  const facts = dialect.scan(taken.body, exchange);
  if (facts instanceof Failure) return facts;
  const request = new Received(dialect, facts, taken.body);
  request.give = 'give' in taken ? taken.give : undefined;
  return request;
}

/** Its fields as the JSON form of the same request has them; a file counts as present. */
function asJson({ fields, files }: Upload): JsonObject {
  const read: [string, Json][] = fields.map(({ name, value }) => [name, name === 'n' && wholeNumber.test(value) ? Number(value) : value]);
  return Object.fromEntries([...files.map(({ name }): [string, Json] => [name, true]), ...read]);
}

/** Fields are texts; the number of pictures is read as a number. */
const wholeNumber = /^\d{1,9}$/;

/** A packed body is unpacked whole, up to the limit of bodies that are. */
function unpacked(exchange: Exchange, taker: BodyTaker): Flow {
  void exchange.readBody().then((body) => (body instanceof Failure ? taker.onFailure(body) : taker.onPiece(body, true)));
  return { pause: () => undefined, resume: () => undefined };
}
