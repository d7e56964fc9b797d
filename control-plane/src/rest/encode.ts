/** What GraphQL answered, in the envelope of the route. */
import type { RequestContext } from '../kernel/context.ts';
import { say, type MessageCode } from '../kernel/words/messages.ts';
import type { HttpAnswer } from '../kernel/http/http-message.ts';
import { answer, refusal } from './answer.ts';
import { readPage, type RestRequest } from './bind.ts';
import { confirmation } from './confirmations.ts';
import { contractWord } from './contract-words.ts';
import type { Shape } from './operation.ts';
import { ruleStatus, wantsProblem } from './problem.ts';
import type { RestRoute } from './route.ts';
import type { Node, RestView, ViewContext } from './view.ts';

interface Encoding {
  route: RestRoute;
  view: RestView | undefined;
  shape: Shape;
  value: unknown;
  request: RestRequest;
  context: RequestContext;
}

/** Without the final slash these collections answer a plain array (management-api 4, the slash rule). */
function wantsArray(route: RestRoute, request: RestRequest): boolean {
  const shape = request.query.get('shape');
  if (shape === 'array' || shape === 'page') return shape === 'array';
  if (route.path === '/api/log/self') return !request.query.has('page_size') && !request.query.has('ps');
  return /^\/api\/(token|channel|log|redemption|user)$/.test(request.path.replaceAll(/\/{2,}/g, '/'));
}

function page({ route, view, value, request }: Encoding, viewContext: ViewContext): Record<string, unknown> {
  const connection = value as { nodes: Node[]; totalCount: { value: string } } & Node;
  const items = connection.nodes.map((node) => view!.encode(node, viewContext));
  const { number, size } = readPage(route, request.query);
  const counts = { page: number, page_size: size, total: Number(connection.totalCount.value) };
  const beside = view!.encodeBeside?.(connection, viewContext) ?? {};
  return wantsArray(route, request) ? { data: items, ...counts, ...beside } : { data: { ...counts, items, ...beside } };
}

/** What stands under `data`, undefined when the route has nothing to show. */
function content({ shape, view, value }: Encoding, viewContext: ViewContext): unknown {
  if (shape.kind === 'payload') {
    const payload = value as Node, entity: unknown = shape.member ? payload[shape.member] : payload;
    return view && entity !== null && entity !== undefined ? view.encode({ ...(entity as Node), payload }, viewContext) : undefined;
  }
  if (!view) return value ?? undefined;
  if (Array.isArray(value)) return view.encodeList ? view.encodeList(value as Node[], viewContext) : value.map((node: Node) => view.encode(node, viewContext));
  if (shape.kind === 'connection') return (value as { nodes: Node[] }).nodes.map((node) => view.encode(node, viewContext));
  return view.encode(value as Node, viewContext);
}

function refused({ value, context, route, view }: Encoding): HttpAnswer | undefined {
  const first = (value as { userErrors?: { code: string; reason: MessageCode; message: string; path?: string[] | null }[] } | null)?.userErrors?.[0];
  if (!first) return undefined;
  const reason = first.message || say('invalid_params', context.language);
  if (wantsProblem(context)) return refusal(ruleStatus(first.code), reason, contractWord(first.reason));
  if (view?.encodeRefusal) return answer(200, { success: false, code: contractWord(first.reason), ...view.encodeRefusal(reason) });
  // Something that the input names and that does not exist is a rule of the product, and so is the object of an action; the row itself is 404.
  const isAction = route.method === 'POST' && !route.path.includes('{');
  // Only callers who send keys of their own can meet this one: they look for a conflict (LED-20).
  if (first.code === 'IDEMPOTENCY_KEY_REUSED') return refusal(409, reason, contractWord(first.reason));
  const usual = first.code === 'NOT_FOUND' && first.path?.[0] !== 'input' && !isAction ? 404 : 200;
  return refusal(view?.refusalStatus?.[first.code] ?? usual, reason, contractWord(first.reason));
}

export function encode(encoding: Encoding): HttpAnswer {
  const { route, value, context, request, view } = encoding;
  const viewContext: ViewContext = { language: context.language, path: request.path, role: context.principal?.role ?? 0 };
  const refusedAnswer = refused(encoding);
  if (refusedAnswer) return refusedAnswer;
  if ((value === null || value === undefined) && encoding.shape.kind === 'object') return refusal(404, say('not_found', context.language), 'not_found');
  const message = confirmation(route, context.language, encoding.value);
  if (route.envelope === 'MESSAGE') return answer(200, { success: true, message });
  if (route.envelope === 'PAGE') return answer(200, { success: true, message, ...page(encoding, viewContext) });
  const data = content(encoding, viewContext);
  if (route.envelope === 'RAW') return answer(200, data);
  if (route.envelope === 'REDIRECT') return { status: 302, headers: [['location', String(data)], ['cache-control', 'no-store']], body: '' };
  if (route.envelope === 'CODE_DATA') return answer(200, { success: true, code: true, message: 'ok', data });
  const beside = view?.encodeBeside?.(value as Node, viewContext) ?? {};
  return answer(200, { success: true, message, ...(data === undefined ? {} : { data }), ...beside });
}
