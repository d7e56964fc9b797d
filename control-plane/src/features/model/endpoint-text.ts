/** The endpoints of a model as people write them: a JSON list of types, or an object, type to path or `{path, method}`. */
export interface ModelEndpoint {
  type: string;
  /** Undefined: the usual one of the type. */
  path?: string;
  method?: string;
}

const longest = 255, most = 50;

const isWord = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= longest;
const isPath = (value: unknown): value is string => isWord(value) && value.startsWith('/');
const isMethod = (value: unknown): value is string => typeof value === 'string' && /^[A-Z]{3,7}$/i.test(value);

function readMember([type, value]: [string, unknown]): ModelEndpoint | undefined {
  if (!isWord(type)) return undefined;
  if (isPath(value)) return { type, path: value, method: 'POST' };
  if (typeof value !== 'object' || value === null) return undefined;
  const { path, method = 'POST' } = value as { path?: unknown; method?: unknown };
  return isPath(path) && isMethod(method) ? { type, path, method: method.toUpperCase() } : undefined;
}

/** Undefined when the text is none of it. Empty text: no endpoints of its own. */
export function readEndpoints(text: string): ModelEndpoint[] | undefined {
  if (!text.trim()) return [];
  let value: unknown;
  try { value = JSON.parse(text); } catch { return undefined; }
  if (typeof value !== 'object' || value === null) return undefined;
  const read = Array.isArray(value) ? value.map((type) => (isWord(type) ? { type } : undefined)) : Object.entries(value).map(readMember);
  return read.length <= most && read.every((endpoint) => endpoint !== undefined) ? read : undefined;
}
