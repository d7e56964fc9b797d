/** The contract as files, for programs that pin it: the schema as SDL and as an introspection result (graphql-design 17). */
import { createHash } from 'node:crypto';
import { introspectionFromSchema, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage } from '../../kernel/http/http-message.ts';
import { say } from '../../kernel/words/messages.ts';

interface Kept { body: string; tag: string; type: string }

const keep = (body: string, type: string): Kept => ({ body, type, tag: `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"` });

export type Discovery = (message: HttpMessage, context: RequestContext) => HttpAnswer;

/** Whether this is the path of such a file. */
export const isDiscovery = (path: string): boolean => path === '/graphql/schema.graphql' || path === '/graphql/schema.json';

/** @param print the schema with its directives; called once, when somebody asks */
export function discovery(schema: GraphQLSchema, print: (schema: GraphQLSchema) => string): Discovery {
  const files = new Map<string, Kept>();
  const fileOf = (path: string): Kept => {
    const made = files.get(path) ?? (path.endsWith('.json')
      ? keep(JSON.stringify({ data: introspectionFromSchema(schema) }), 'application/json; charset=utf-8') : keep(print(schema), 'application/graphql; charset=utf-8'));
    files.set(path, made);
    return made;
  };
  return ({ method, path, headers }, { principal, credentialFault, language }) => {
    if (method !== 'GET' && method !== 'HEAD') return jsonAnswer(405, { errors: [{ message: 'This is a file: GET it', extensions: { code: 'METHOD_NOT_ALLOWED' } }] }, [['allow', 'GET, HEAD']]);
    if (!principal) return jsonAnswer(401, { errors: [{ message: say(credentialFault ?? 'unauthenticated', language), extensions: { code: 'UNAUTHENTICATED' } }] });
    const { body, tag, type } = fileOf(path), head: [string, string][] = [['etag', tag], ['cache-control', 'private, no-cache']];
    return headers.get('if-none-match') === tag ? { status: 304, headers: head, body: '' } : { status: 200, headers: [['content-type', type], ...head], body };
  };
}
