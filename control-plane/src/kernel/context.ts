/** What every resolver and service receives first: one request's world. Nothing here outlives the request. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from './running/clock.ts';
import type { MessageCode } from './words/messages.ts';
import type { Permission } from './permission.ts';

export type Language = 'en' | 'zh';

/** Who calls. `role` and `status` are read fresh on each request, so that a demotion works at once. */
export interface Principal {
  userId: number;
  username: string;
  role: number;
  permissions: readonly Permission[];
  /** How they signed in; a relay key sees only its own usage. */
  credential: 'session' | 'access-token' | 'relay-key' | 'integration-key';
  sessionId?: number;
  /** When this session began, and when it last proved who is there; milliseconds since 1970. Sessions only. */
  signedInAt?: number;
  provenAt?: number;
  tokenId?: number;
  /** Of an integration key: its number, and how many points of the cost bucket come back each second. */
  keyId?: number;
  /** Users that an integration key is limited to; undefined: no such limit. */
  userScope?: readonly number[];
  costPerSecond?: number;
}

/** What an operation was charged (graphql-design 15). */
export interface OperationCost {
  requested: number;
  /** The part that is due whatever the answer is. */
  fixed: number;
  /** Fields that it may resolve. */
  nodes: number;
  /** Points left in the caller's bucket, of `limit`; `perSecond` come back. */
  remaining: number;
  limit: number;
  perSecond: number;
  /** How long it may take, in milliseconds; undefined: no limit of its own. */
  timeMs: number | undefined;
  /** Where the points come from, when an admin asked for it. */
  paths?: readonly { path: string; rows: number; cost: number }[];
}

export interface RequestContext {
  em: EntityManager;
  clock: Clock;
  requestId: string;
  /** Of the trace that the request belongs to: 32 hex digits. */
  traceId: string;
  principal: Principal | undefined;
  /** Why the credential that was presented does not count; undefined when it does, or when none was presented. */
  credentialFault?: MessageCode;
  /** The caller's address, forwarding headers believed only from configured proxies. */
  address: string;
  language: Language;
  headers: ReadonlyMap<string, string>;
  /** Set for GraphQL over HTTP and sockets. */
  cost?: OperationCost;
  /** The REST route that was called, such as `PUT /api/user/`; undefined for GraphQL. */
  route?: string;
  /** Set by sign-in and sign-out; the HTTP layer turns it into Set-Cookie. */
  cookies: string[];
}

/** The signed-in user's id. Call it only behind a policy other than public: those have made sure that there is one. */
export function callerOf(ctx: RequestContext): Principal {
  if (!ctx.principal) throw new Error('A field that needs a caller was reached without one: its policy is wrong');
  return ctx.principal;
}
