/**
 * The REST façade that new-api clients know, generated from the schema when the server starts. A request is matched, bound to
 * variables, executed as GraphQL with the caller's own rights, and encoded by a view. No route has a handler.
 */
import { execute, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../kernel/context.ts';
import { say } from '../kernel/messages.ts';
import { errorStatus, lenient, refusal, type RestAnswer } from './answer.ts';
import { bindVariables, type BindFault, type RestRequest } from './bind.ts';
import { encode } from './encode.ts';
import { compile, type Shape } from './operation.ts';
import { readRoutes, type RestAuth, type RestRoute } from './route.ts';
import { Router } from './router.ts';
import type { RestView } from './view.ts';
import { views } from './views/views.ts';

export interface MountOptions {
  /** Option strict_http_status; off turns 400, 403 and 404 of handlers into 200. */
  strictStatus: () => boolean | Promise<boolean>;
}

interface Prepared { route: RestRoute; view: RestView | undefined; shape: Shape; document: ReturnType<typeof compile>['document'] }

const credentials: Record<NonNullable<RequestContext['principal']>['credential'], RestAuth> = {
  session: 'SESSION', 'access-token': 'ACCESS_TOKEN', 'relay-key': 'RELAY_KEY',
};

function prepare(schema: GraphQLSchema, route: RestRoute): Prepared {
  const view = views.find((one) => one.name === route.view);
  if (route.view && !view) throw new Error(`${route.method} ${route.path} names the view ${route.view}, which does not exist`);
  return { route, view, ...compile(schema, route, view) };
}

/** Who may come in: the credential must be one that the route takes, and the New-Api-User header must agree (management-api 2.2). */
function refuseCaller(route: RestRoute, context: RequestContext): RestAnswer | undefined {
  const { principal, headers, language } = context;
  if (route.auth.includes('NONE')) return undefined;
  if (!principal || !route.auth.includes(credentials[principal.credential])) return refusal(401, say('unauthenticated', language), 'unauthenticated');
  if (principal.credential === 'relay-key') return undefined;
  const header = headers.get('new-api-user');
  if (header === undefined) return refusal(401, say('user_header_missing', language), 'user_header_missing');
  return Number(header) === principal.userId ? undefined : refusal(401, say('user_header_mismatch', language), 'user_header_mismatch');
}

function fieldValue(result: ExecutionResult, route: RestRoute): unknown {
  return route.fieldPath.reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], result.data);
}

const sentence = (fault: BindFault, context: RequestContext) => `${say('invalid_params', context.language)}: ${fault.field} ${fault.reason}`;

export function createRestMount(schema: GraphQLSchema, options: MountOptions) {
  const prepared = new Map(readRoutes(schema).map((route) => [route, prepare(schema, route)]));
  const router = new Router([...prepared.keys()]);

  async function run({ route, view, shape, document }: Prepared, request: RestRequest, path: ReadonlyMap<string, string>, context: RequestContext): Promise<RestAnswer> {
    const variables = bindVariables(route, request, path);
    if ('reason' in variables && 'field' in variables) return refusal(400, sentence(variables as unknown as BindFault, context), 'invalid_params');
    const result = await execute({ schema, document, variableValues: variables as Record<string, unknown>, contextValue: context });
    const fault = result.errors?.[0];
    if (fault) {
      const status = errorStatus(fault);
      return refusal(status, status === 500 ? say('internal_error', context.language) : fault.message, status === 401 ? 'unauthenticated' : undefined);
    }
    return encode({ route, view, shape, value: fieldValue(result, route), request, context });
  }

  /** Undefined: no route has this path. The body is parsed JSON, or a BodyFault when it is not JSON. */
  async function handle(request: RestRequest, context: RequestContext): Promise<RestAnswer | undefined> {
    const found = router.match(request.method as RestRoute['method'], request.path, request);
    if (!found) return undefined;
    const given = refuseCaller(found.route, context) ?? (await run(prepared.get(found.route)!, request, found.path, context));
    const headers = [...given.headers, ...context.cookies.map((cookie) => ['set-cookie', cookie] as const), ['cache-control', 'no-store'] as const];
    const complete = { ...given, headers };
    return (await options.strictStatus()) ? complete : lenient(complete);
  }

  return { handle, routes: [...prepared.keys()] };
}

export type RestMount = ReturnType<typeof createRestMount>;
