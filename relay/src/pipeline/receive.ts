import type { RequestFacts, Surface } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import { normalisedModel } from '../routing/model-name.ts';
import type { Caller } from './authenticate.ts';
import type { Exchange } from './exchange.ts';

const released = Buffer.alloc(0);

/** A body that names a model which the caller may use. */
export class Received {
  readonly dialect: Surface;
  readonly facts: RequestFacts;
  body: Buffer;

  constructor(dialect: Surface, facts: RequestFacts, body: Buffer) {
    this.dialect = dialect;
    this.facts = facts;
    this.body = body;
  }

  /** It is sent to nobody any more. Streams live long and bodies are large: they must not wait together. */
  release(): void { this.body = released; }
}

/** A family of names is listed under one of them. */
const allows = (models: readonly string[], model: string): boolean => models.includes(model) || models.includes(normalisedModel(model));

/** Failures: those of `readBody`, those of the dialect (which name the member), `access_denied` for a model that the token may not use. */
export async function receive(exchange: Exchange, caller: Caller, dialect: Surface): Promise<Received | Failure> {
  const body = await exchange.readBody();
  if (body instanceof Failure) return body;
  const facts = dialect.scan(body, exchange);
  if (facts instanceof Failure) return facts;
  const { models } = caller.token;
  if (models && !allows(models, facts.model)) {
    return new Failure('access_denied', { say: `This API key may not use the model ${facts.model.slice(0, 128)}.`, param: 'model' });
  }
  return new Received(dialect, facts, body);
}
