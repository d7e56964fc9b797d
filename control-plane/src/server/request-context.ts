/** Builds one request's world: a fresh entity manager, the caller as they are now, their language. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { withStatementTime } from '../database/statement-time.ts';
import type { Clock } from '../kernel/running/clock.ts';
import type { Principal, RequestContext } from '../kernel/context.ts';
import { languageOf, type MessageCode } from '../kernel/words/messages.ts';
import { requestIdOf } from './http/request-id.ts';
import { usualStatementMs } from './limits/in-time.ts';
import { traceIdOf } from './http/trace.ts';

export interface Caller {
  principal?: Principal;
  fault?: MessageCode;
}

/** Finds out who calls from what they present; neither member for somebody who presents nothing. */
export type Authenticate = (ctx: RequestContext) => Promise<Caller>;

export interface Origin { headers: ReadonlyMap<string, string>; address: string }

export type NewContext = (origin: Origin) => Promise<RequestContext>;

export function contextMaker(orm: MikroORM, clock: Clock, authenticate: Authenticate): NewContext {
  return async ({ headers, address }) => {
    const context: RequestContext = {
      em: orm.em.fork(), clock, requestId: requestIdOf(headers), traceId: traceIdOf(headers), principal: undefined, address,
      language: languageOf(headers.get('accept-language')), headers, cookies: [],
    };
    const { principal, fault } = await withStatementTime(usualStatementMs, () => authenticate(context));
    context.principal = principal;
    if (fault) context.credentialFault = fault;
    return context;
  };
}
