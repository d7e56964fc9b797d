import type { Surface } from '../../dialects/dialect.ts';
import { readAddress } from '../../dialects/gemini/address.ts';
import { RequestMembers } from '../../dialects/request/request-members.ts';
import { Failure } from '../../failure/failure.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { normalisedModel } from '../../routing/model-name.ts';
import type { Caller } from './authenticate.ts';
import type { Exchange } from '../exchange.ts';
import { isForm, receiveForm } from './receive-form.ts';
import { Received } from './received.ts';

/** A family of names is listed under one of them. */
const allows = (models: readonly string[], model: string): boolean => models.includes(model) || models.includes(normalisedModel(model));

/** Failures: those of `readBody`, those of the dialect (which name the member), `access_denied` for a model that the token may not use. */
export async function receive(exchange: Exchange, caller: Caller, dialect: Surface, folder: string): Promise<Received | Failure> {
  const request = isForm(exchange, dialect) ? await receiveForm(exchange, dialect, folder) : readAs(dialect, await bodyOf(exchange, dialect), exchange);
  if (request instanceof Failure) return request;
  request.owner = caller.user.id;
  return modelRefusal(caller, request.facts.model) ?? request;
}

/** Whether the token may use the model. Failure: `access_denied`. */
export function modelRefusal({ token: { models } }: Caller, model: string): Failure | undefined {
  if (!models || allows(models, model)) return undefined;
  return new Failure('access_denied', { say: `This API key may not use the model ${model.slice(0, 128)}.`, param: 'model' });
}

const bodyOf = (exchange: Exchange, dialect: Surface): Promise<Buffer | Failure> | Failure =>
  (dialect.form?.only ? new Failure('invalid_request', { say: 'The body must be multipart/form-data.', status: 415 }) : exchange.readBody());

function readAs(dialect: Surface, body: Buffer | Failure, exchange: Exchange): Received | Failure {
  if (body instanceof Failure) return body;
  const taken = dialect.clientForm ? dialect.clientForm(body, exchange) : { body };
  if (taken instanceof Failure) return taken;
  const facts = dialect.scan(taken.body, exchange);
  if (facts instanceof Failure) return naming(facts, taken.body, exchange.path);
  const request = new Received(dialect, facts, taken.body);
  request.give = 'give' in taken ? taken.give : undefined;
  return request;
}

const modelMember = memberScan(['model']);

/** The same with the model that it asks for, where that can be read. */
function naming(failure: Failure, body: Buffer, path: string): Failure {
  if (failure.code !== 'invalid_request' || failure.details.param === 'model') return failure;
  const found = RequestMembers.of(body, modelMember), model = readAddress(path)?.model ?? (found instanceof RequestMembers && found.span('model') ? found.model() : '');
  return model === '' ? failure : new Failure(failure.code, { ...failure.details, model });
}
