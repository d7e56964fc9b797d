import type { Dialect, RequestFacts } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import type { Caller } from './authenticate.ts';
import type { Exchange } from './exchange.ts';

/** A body that names a model which the caller may use. */
export interface Received {
  readonly dialect: Dialect;
  readonly body: Buffer;
  readonly facts: RequestFacts;
}

/** Failures: those of `readBody`, those of the dialect (which name the member), `access_denied` for a model that the token may not use. */
export async function receive(exchange: Exchange, caller: Caller, dialect: Dialect): Promise<Received | Failure> {
  const body = await exchange.readBody();
  if (body instanceof Failure) return body;
  const facts = dialect.scan(body);
  if (facts instanceof Failure) return facts;
  const { models } = caller.token;
  if (models && !models.includes(facts.model)) {
    return new Failure('access_denied', { say: `This API key may not use the model ${facts.model.slice(0, 128)}.`, param: 'model' });
  }
  return { dialect, body, facts };
}
