/** The OpenAPI document as a page for people: no script, so that it needs no exception from the content policy. */
interface Parameter { name: string; in: string; required?: boolean; schema: { type?: string; enum?: unknown[]; description?: string }; description?: string }
interface Operation {
  summary: string;
  parameters: Parameter[];
  requestBody?: { content: { 'application/json': { schema: { properties: Record<string, Parameter['schema']> } } } };
  security: Record<string, unknown>[];
  'x-graphql-field': string;
}
export interface Description { info: { title: string; version: string }; paths: Record<string, Record<string, Operation>> }

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const kindOf = ({ type, enum: words, description }: Parameter['schema']): string => escaped([words ? words.join(' | ') : (type ?? ''), description ?? ''].filter(Boolean).join(', '));

const line = (name: string, place: string, kind: string) => `<tr><td><code>${escaped(name)}</code></td><td>${place}</td><td>${kind}</td></tr>`;

function members({ parameters, requestBody }: Operation): string {
  const lines = [
    ...parameters.filter(({ in: place }) => place !== 'header').map((one) => line(one.name, one.in, kindOf(one.schema))),
    ...Object.entries(requestBody?.content['application/json'].schema.properties ?? {}).map(([name, schema]) => line(name, 'body', kindOf(schema))),
  ];
  return lines.length ? `<table>${lines.join('')}</table>` : '';
}

const who = ({ security }: Operation): string => escaped(security.map((one) => Object.keys(one)[0] ?? 'anybody').join(' or '));

const section = (method: string, path: string, operation: Operation): string =>
  `<details id="${method}-${escaped(path)}"><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
<p>Called by ${who(operation)}. Answers the GraphQL field <code>${escaped(operation['x-graphql-field'])}</code>.</p>${members(operation)}</details>`;

const style = 'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}summary{cursor:pointer;padding:.2rem 0}td{padding:.1rem .8rem .1rem 0;vertical-align:top}details{border-bottom:1px solid #8884}h2{margin-top:2rem}';

export function openApiPage({ info, paths }: Description): string {
  const entries = Object.entries(paths), groupOf = (path: string) => path.split('/')[2] ?? '';
  const groups = [...new Set(entries.map(([path]) => groupOf(path)))].map((group) => [group, entries.filter(([path]) => groupOf(path) === group)] as const);
  const body = groups.map(([group, within]) =>
    `<h2>${escaped(group)}</h2>${within.flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => section(method, path, operation))).join('\n')}`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(info.title)}</title><style>${style}</style>
<h1>${escaped(info.title)} ${escaped(info.version)}</h1><p>Made from the GraphQL schema. For programs: <a href="/api/openapi.json">openapi.json</a>, <a href="/graphql/schema.graphql">schema.graphql</a>.</p>
${body.join('\n')}</html>`;
}
