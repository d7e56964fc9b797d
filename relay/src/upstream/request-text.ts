/** The head of a request as it goes over the wire. */
import type { UpstreamRequest } from './upstream.ts';

/** Rendered once for each list of headers: the pipeline hands in the same list again and again. */
const rendered = new WeakMap<readonly string[], string>();
const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What latin1 can carry, and no line end to forge another field with. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const target = /^\/[\x21-\x7e]*$/;

/** Undefined when something in it would forge a line: such a request is never sent. */
export function requestText({ method, path, headers, body }: UpstreamRequest, host: string): string | undefined {
  const fields = rendered.get(headers) ?? render(headers);
  if (fields === undefined || !target.test(path)) return undefined;
  const length = method === 'GET' && !body ? '' : lengthOf(body);
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${fields}${length}\r\n`;
}

function lengthOf(body: UpstreamRequest['body']): string {
  return body && body.length === undefined ? 'transfer-encoding: chunked\r\n' : `content-length: ${body?.length ?? 0}\r\n`;
}

function render(headers: readonly string[]): string | undefined {
  let text = '', encoding = 'accept-encoding: identity\r\n';
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i]!, value = headers[i + 1]!;
    if (!fieldName.test(name) || !fieldValue.test(value)) return undefined;
    if (name === 'accept-encoding') encoding = '';
    text += `${name}: ${value}\r\n`;
  }
  text += encoding;
  rendered.set(headers, text);
  return text;
}
