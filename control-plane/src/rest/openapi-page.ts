/** The OpenAPI document as a page for people: no script, so that it needs no exception from the content policy. */
interface Kind { type?: string; enum?: unknown[]; description?: string; properties?: Record<string, Kind>; items?: Kind; required?: string[] }
interface Parameter { name: string; in: string; required?: boolean; schema: Kind; description?: string }
interface Operation {
  summary: string;
  parameters: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Parameter['schema'] } } };
  responses: Record<string, { content?: { 'application/json'?: { schema: Parameter['schema'] } } }>;
  security: Record<string, unknown>[];
  'x-graphql-field'?: string;
}
export interface Description { info: { title: string; version: string }; paths: Record<string, Record<string, Operation>> }

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const kindOf = ({ type, enum: words, description }: Parameter['schema']): string => escaped([words ? words.join(' | ') : (type ?? ''), description ?? ''].filter(Boolean).join(', '));

const line = (name: string, place: string, kind: string, isRequired = false) => `<tr><td><code>${escaped(name)}</code>${isRequired ? ' *' : ''}</td><td>${place}</td><td>${kind}</td></tr>`;

/** An object's members, one a line, with those inside them after a dot. */
function within({ properties = {}, required = [] }: Kind, place: string, before = ''): string[] {
  return Object.entries(properties).flatMap(([name, kind]) =>
    (kind.properties ? within(kind, place, `${before}${name}.`) : [line(`${before}${name}`, place, kindOf(kind), required.includes(name))]));
}

/** Names and kinds of an answer in the way that JSON has them. */
function outline(kind: Kind | undefined): string {
  if (!kind) return '';
  if (kind.properties) return `{${Object.entries(kind.properties).map(([name, one]) => `${name}: ${outline(one)}`).join(', ')}}`;
  return kind.items ? `[${outline(kind.items)}]` : (kind.type ?? 'any');
}

function members({ parameters, requestBody }: Operation): string {
  const lines = [
    ...parameters.filter(({ in: place }) => place !== 'header').map((one) => line(one.name, one.in, kindOf(one.schema), one.required)),
    ...within(requestBody?.content['application/json'].schema ?? {}, 'body'),
  ];
  return lines.length ? `<table>${lines.join('')}</table>` : '';
}

const who = ({ security }: Operation): string => escaped(security.map((one) => Object.keys(one)[0] ?? 'anybody').join(' or '));

const field = ({ 'x-graphql-field': name }: Operation): string => (name ? ` Answers the GraphQL field <code>${escaped(name)}</code>.` : '');

function answerOf({ responses }: Operation): string {
  const shown = outline(responses['200']?.content?.['application/json']?.schema);
  return shown ? `<pre>${escaped(shown)}</pre>` : '';
}

const section = (method: string, path: string, operation: Operation): string =>
  `<details id="${method}-${escaped(path)}"><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
<p>Called by ${who(operation)}.${field(operation)}</p>${members(operation)}${answerOf(operation)}</details>`;

const style = 'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}summary{cursor:pointer;padding:.2rem 0}td{padding:.1rem .8rem .1rem 0;vertical-align:top}details{border-bottom:1px solid #8884}pre{white-space:pre-wrap;font-size:13px;background:#8881;padding:.6rem;border-radius:6px}input{font:inherit}h2{margin-top:2rem}';

export function openApiPage({ info, paths }: Description): string {
  const entries = Object.entries(paths), groupOf = (path: string) => path.split('/')[2] ?? '';
  const groups = [...new Set(entries.map(([path]) => groupOf(path)))].map((group) => [group, entries.filter(([path]) => groupOf(path) === group)] as const);
  const body = groups.map(([group, within]) =>
    `<h2>${escaped(group)}</h2>${within.flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => section(method, path, operation))).join('\n')}`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(info.title)}</title><style>${style}</style>
<h1>${escaped(info.title)} ${escaped(info.version)}</h1><p>Made from the GraphQL schema. An asterisk marks what must be sent. For programs: <a href="/api/openapi.json">openapi.json</a>, <a href="/graphql/schema.graphql">schema.graphql</a>.</p>
${body.join('\n')}</html>`;
}
