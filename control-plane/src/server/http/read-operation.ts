/** A GraphQL request, as the specification words it; text that says what is wrong otherwise. */
import type { HttpMessage } from '../../kernel/http/http-message.ts';
import type { Operation } from '../limits/check-document.ts';

/** What was asked: a document, or the id of one that is known here. */
export type Asked = Omit<Operation, 'query'> & ({ query: string; documentId?: undefined } | { query?: undefined; documentId: string });

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function readOperation(value: unknown): Asked | string {
  if (Array.isArray(value)) return 'Batches are not taken: send one operation';
  if (!isRecord(value)) return 'The body must be a JSON object with the member query';
  const { query, documentId, operationName, variables } = value, rest = { ...(typeof operationName === 'string' && operationName && { operationName }), ...(isRecord(variables) && { variables }) };
  if (documentId != null && (typeof documentId !== 'string' || query != null)) return 'The member documentId must be text, and stands instead of query';
  if (documentId == null && (typeof query !== 'string' || query === '')) return 'The member query must be a GraphQL document, as text';
  if (operationName != null && typeof operationName !== 'string') return 'The member operationName must be text';
  if (variables != null && !isRecord(variables)) return 'The member variables must be an object';
  return typeof query === 'string' && query ? { query, ...rest } : { documentId: String(documentId), ...rest };
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export function fromQuery(query: string): Asked | string {
  const search = new URLSearchParams(query);
  const text = search.get('variables');
  const variables = text === null ? { value: undefined } : parseJson(text);
  if (!variables) return 'The parameter variables must be JSON';
  return readOperation({ query: search.get('query') ?? undefined, documentId: search.get('documentId') ?? undefined, operationName: search.get('operationName'), variables: variables.value });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function fromBody(message: HttpMessage): Asked | string {
  const type = message.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;\s*charset=utf-?8\s*)?$/i.test(type)) return 'Content-Type must be application/json';
  let text: string;
  try {
    text = utf8.decode(message.body);
  } catch {
    return 'The body is not UTF-8';
  }
  const parsed = parseJson(text);
  return parsed ? readOperation(parsed.value) : 'The body is not JSON';
}

