/**
 * The REST façade that new-api clients know, generated from the schema when the server starts. A request is matched, bound to
 * variables, executed as GraphQL with the caller's own rights, and encoded by a view. No route has a handler.
 */
import { createHash } from 'node:crypto';
import { execute, type ExecutionResult, type GraphQLError, type GraphQLSchema } from 'graphql';
import { isDatabaseAway } from '../database/is-away.ts';
import { withStatementTime } from '../database/statement-time.ts';
import { isOutOfTime } from '../kernel/out-of-time.ts';
import type { RequestContext } from '../kernel/context.ts';
import { longestCount } from '../kernel/list/count-within.ts';
import { withoutValues } from '../kernel/words/error-text.ts';
import type { HttpAnswer, HttpMessage } from '../kernel/http/http-message.ts';
import type { RawRoute } from '../kernel/http/raw-route.ts';
import { say } from '../kernel/words/messages.ts';
import type { Limited } from '../kernel/rate-limits.ts';
import { answer, errorStatus, refusal, tooMany } from './answer.ts';
import { forAnyOrigin, preflight } from './any-origin.ts';
import { BindFault, bindVariables, impliedBinds, type RestRequest } from './bind.ts';
import { encode } from './encode.ts';
import { faultOf, sentence } from './fault.ts';
import { compile, type Shape } from './operation.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { openApi } from './openapi.ts';
import { openApiPage, type Description } from './openapi-page.ts';
import { asProblem, wantsProblem } from './problem.ts';
import { BodyFault, readRequest } from './read-request.ts';
import { readRoutes, type RestAuth, type RestRoute } from './route.ts';
import { Router } from './router.ts';
import type { RestView } from './view.ts';
import { views } from './views/views.ts';

export interface MountOptions {
  /** Option strict_http_status. Off: 400, 403 and 404 become 200, for clients that read the body only (decision D7). */
  strictStatus: (context: RequestContext) => boolean | Promise<boolean>;
  /** Whether the policy of the route's field lets the caller in; what it says when not. */
  refusePolicy: (route: RestRoute, context: RequestContext) => GraphQLError | undefined;
  /** Keeps the answer of /api/status, which is the same for everybody. */
  status: KeptAnswer;
  version: string;
  /** Routes by hand, which the description names. */
  rawRoutes: readonly RawRoute[];
  /** How long a statement of a reading may take, by the path of its field. */
  readingMs: (fieldPath: readonly string[]) => number;
  /** The idempotency key of a call whose field wants one. */
  idempotencyKey: (request: RestRequest, context: RequestContext) => Promise<string>;
  /** Told of every fault that is ours; the caller only hears that there was one. */
  failed: (fault: GraphQLError, context: RequestContext) => void;
  /** What each mutation waits for before it is answered. */
  changed: () => Promise<void>;
  /** Takes one from the bucket of a route's class; how long to wait when it is empty. */
  limit: (rate: RestRoute['rate'], context: RequestContext) => Promise<Limited | undefined>;
}

interface Prepared { route: RestRoute; view: RestView | undefined; shape: Shape; document: ReturnType<typeof compile>['document'] }

const credentials: Record<NonNullable<RequestContext['principal']>['credential'], RestAuth> = {
  session: 'SESSION', 'access-token': 'ACCESS_TOKEN', 'relay-key': 'RELAY_KEY',
  // A program, too: what it may do is decided by the field's policy.
  'integration-key': 'ACCESS_TOKEN',
};

function prepare(schema: GraphQLSchema, route: RestRoute): Prepared {
  const view = views.find((one) => one.name === route.view);
  if (route.view && !view) throw new Error(`${route.method} ${route.path} names the view ${route.view}, which does not exist`);
  return { route, view, ...compile(schema, route, view) };
}

/** Readers of these numbers know refusals of the relay, too, and look for them there. */
function refuseKey({ language, credentialFault }: RequestContext): HttpAnswer {
  const code = credentialFault === 'user_disabled' ? credentialFault : 'token_invalid', message = say(code, language);
  return answer(code === 'user_disabled' ? 403 : 401, { success: false, message, code, error: { message, type: 'new_api_error', param: '', code } });
}

/** Who may come in: the credential must be one that the route takes, and the New-Api-User header must agree (management-api 2.2). */
function refuseCaller(route: RestRoute, context: RequestContext): HttpAnswer | undefined {
  const { principal, headers, language } = context;
  if (route.auth.includes('NONE')) return undefined;
  if (route.auth.every((one) => one === 'RELAY_KEY') && principal?.credential !== 'relay-key') return refuseKey(context);
  if (!principal || !route.auth.includes(credentials[principal.credential])) {
    const code = context.credentialFault ?? 'unauthenticated';
    return refusal(code === 'user_disabled' ? 403 : 401, say(code, language), code);
  }
  if (principal.credential === 'relay-key' || principal.credential === 'integration-key') return undefined;
  const header = headers.get('new-api-user');
  if (header === undefined) return refusal(401, say('user_header_missing', language), 'user_header_missing');
  return Number(header) === principal.userId ? undefined : refusal(401, say('user_header_mismatch', language), 'user_header_mismatch');
}

/** The path and its method exist, but a body that asks for none of its actions: a rule of the product, like the others. */
function refuseAction(route: RestRoute | undefined, context: RequestContext, refuses: MountOptions['refusePolicy']): HttpAnswer | undefined {
  const field = /^(?:body|query)\.(\w+)/.exec(route?.whenText ?? '')?.[1] ?? 'body';
  return route && (refuseCaller(route, context) ?? refuseRole(refuses(route, context), context) ?? refusal(200, sentence({ field, reason: 'param_not_allowed' }, context.language), 'invalid_params'));
}

/** Who may not is told so before anything of the request is looked at: a fault in it would tell what the route takes. */
function refuseRole(fault: GraphQLError | undefined, context: RequestContext): HttpAnswer | undefined {
  if (!fault) return undefined;
  return errorStatus(fault) === 401 ? refusal(401, say('unauthenticated', context.language), 'unauthenticated') : forbidden(fault, context);
}

/** A program learns which permission its key lacks; a person has a role, and nothing else to look at. */
function forbidden({ extensions: { required } }: GraphQLError, { language, principal }: RequestContext): HttpAnswer {
  const lacking = principal?.credential === 'integration-key' && Array.isArray(required) ? `: ${required.join(', ')}` : '';
  return refusal(403, `${say('forbidden', language)}${lacking}`, 'forbidden');
}

/** Pages behind the end of a list are empty, however far they lie: only a list that goes on there refuses. */
async function withoutDepth(route: RestRoute, variables: Record<string, unknown>, ask: (variables: Record<string, unknown>) => Promise<ExecutionResult>): Promise<ExecutionResult> {
  const result = await ask(variables);
  if (route.envelope !== 'PAGE' || result.errors?.[0]?.extensions.code !== 'PAGINATION_TOO_DEEP') return result;
  const whole = await ask({ ...variables, first: 1, offset: 0 }), list = fieldValue(whole, route) as { nodes: unknown[]; totalCount: { value: string } } | null | undefined;
  if (!list || Number(list.totalCount.value) >= longestCount) return result;
  list.nodes.length = 0;
  return whole;
}

function fieldValue(result: ExecutionResult, route: RestRoute): unknown {
  return route.fieldPath.reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], result.data);
}

export function createRestMount(schema: GraphQLSchema, options: MountOptions) {
  const prepared = new Map(readRoutes(schema).map((route) => [route, prepare(schema, route)]));
  const router = new Router([...prepared.keys()]);

  /** Reading ends some time; a change is let to end, whoever waits for it. */
  const patiently = ({ operation, fieldPath }: RestRoute, work: () => Promise<ExecutionResult>): Promise<ExecutionResult> =>
    (operation === 'query' ? withStatementTime(options.readingMs(fieldPath), work) : work());

  async function run({ route, view, shape, document }: Prepared, request: RestRequest, path: ReadonlyMap<string, string>, context: RequestContext): Promise<HttpAnswer> {
    const given = route.field.args.some(({ name }) => name === 'idempotencyKey') ? { idempotencyKey: await options.idempotencyKey(request, context) } : {};
    const variables = bindVariables(route, request, path, given);
    if (variables instanceof BindFault) return refusal(variables.isRule ? 200 : 400, sentence(variables, context.language), 'invalid_params');
    context.route = `${route.method} ${route.path}`;
    const result = await withoutDepth(route, variables, (variableValues) => patiently(route, async (): Promise<ExecutionResult> => execute({ schema, document, variableValues, contextValue: context })));
    if (route.operation === 'mutation') await options.changed();
    const fault = result.errors?.[0];
    if (fault) {
      if (isOutOfTime(fault.originalError)) return refusal(504, say('took_too_long', context.language), 'took_too_long');
      if (isDatabaseAway(fault.originalError)) throw fault.originalError; // answered by the front door, as for every path
      const { code, retryAfterMs, legacyCode } = fault.extensions;
      if (code === 'THROTTLED' && typeof retryAfterMs === 'number') return tooMany({ retryAfterMs }, context);
      const status = errorStatus(fault);
      if (status === 500) options.failed(fault, context);
      const named = status === 400 ? faultOf(fault, route.method, [...route.bind, ...impliedBinds(route, request, path)]) : undefined;
      if (named) return refusal(named.isRule ? 200 : 400, sentence(named, context.language), 'invalid_params');
      if (code === 'FORBIDDEN') return forbidden(fault, context);
      return refusal(status, status === 500 ? say('internal_error', context.language) : withoutValues(fault.message), status === 401 ? 'unauthenticated' : typeof legacyCode === 'string' ? legacyCode : undefined);
    }
    return encode({ route, view, shape, value: fieldValue(result, route), request, context });
  }

  async function handle(message: HttpMessage, context: RequestContext): Promise<HttpAnswer | undefined> {
    return isStatus(message) ? options.status.get(async () => (await serve(message, context))!) : preflight(message) ?? forAnyOrigin(message, await serve(message, context));
  }

  async function serve(message: HttpMessage, context: RequestContext): Promise<HttpAnswer | undefined> {
    if (message.method === 'GET' && isDescription(message.path)) return describe(message.path, context);
    const request = readRequest(message);
    const fault = request instanceof BodyFault ? request : undefined;
    const readable = request instanceof BodyFault ? { method: message.method, path: message.path, query: new Map<string, string>(), body: undefined } : request;
    const found = router.match(message.method as RestRoute['method'], message.path, readable);
    // A body that cannot be read may be what a shared path is told apart by: it is refused wherever the path exists.
    if (!found) return fault && router.knows(message.path) ? refuseBody(fault, context) : refuseAction(router.takes(readable.method as RestRoute['method'], message.path), context, options.refusePolicy);
    const limited = await options.limit(found.route.rate, context);
    if (limited) return tooMany(limited, context);
    const given = refuseCaller(found.route, context) ?? refuseRole(options.refusePolicy(found.route, context), context) ?? (fault ? refuseBody(fault, context) : await run(prepared.get(found.route)!, readable, found.path, context));
    if (wantsProblem(context)) return asProblem(given, message.path);
    const asIs = ![400, 403, 404].includes(given.status) || (await options.strictStatus(context));
    return asIs ? given : { ...given, status: 200 };
  }

  const routes = [...prepared.keys()];
  const described = onceMade(() => keep(openApi({ routes: [...prepared.values()], raw: options.rawRoutes, schema, version: options.version })));
  /** Introspection, in the words of REST: for the signed-in (decision D14). */
  const describe = (path: string, { principal, credentialFault, language, headers }: RequestContext): HttpAnswer => {
    if (!principal) return refusal(401, say(credentialFault ?? 'unauthenticated', language), credentialFault ?? 'unauthenticated');
    const { json, page, tag } = described(), isJson = path === '/api/openapi.json', head: [string, string][] = [['etag', tag], ['cache-control', 'private, no-cache']];
    if (headers.get('if-none-match') === tag) return { status: 304, headers: head, body: '' };
    return { status: 200, headers: [['content-type', isJson ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8'], ...head], body: isJson ? json : page };
  };
  return { handle, routes };
}

/** Asked for by every page of every client, and by whoever watches the instance: the same for everybody. */
export const isStatus = ({ method, path, query }: HttpMessage): boolean => (path === '/api/status' || path === '/api/status/') && method === 'GET' && query === '';

/** A hash beside it, so that integrators can pin it (graphql-design 17). */
function keep(description: object): { json: string; page: string; tag: string } {
  const json = JSON.stringify(description);
  return { json, page: openApiPage(description as Description), tag: `"${createHash('sha256').update(json).digest('hex').slice(0, 32)}"` };
}

function onceMade<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const isDescription = (path: string): boolean => path === '/api/openapi.json' || path === '/api/docs';

const refuseBody = (fault: BodyFault, context: RequestContext) => refusal(400, `${say('invalid_params', context.language)}: ${say(fault.reason, context.language)}`, 'invalid_params');
