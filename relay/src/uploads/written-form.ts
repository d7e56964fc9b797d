/** multipart/form-data (RFC 7578) of a request in JSON, for providers that take nothing else: data addresses are files. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import { toSource } from '../dialects/request/media.ts';

export interface WrittenForm { readonly contentType: string; readonly body: Buffer }

/** A member that is a list is a field for each element. The boundary is made of the content, so that the content cannot hold it. */
export function writtenForm(fields: JsonObject): WrittenForm {
  const parts = Object.entries(fields).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((each) => partOf(name, each)));
  const boundary = `weir-${createHash('sha256').update(Buffer.concat(parts)).digest('hex').slice(0, 40)}`;
  const body = Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

function partOf(name: string, value: Json): Buffer {
  const source = typeof value === 'string' && value.startsWith('data:') ? toSource(value) : undefined, field = name.replaceAll(/["\r\n]/g, '_');
  if (!source || !('base64' in source)) return Buffer.from(`Content-Disposition: form-data; name="${field}"\r\n\r\n${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const ending = /^\w+\/([\w-]+)/.exec(source.mime)?.[1] ?? 'bin';
  const head = `Content-Disposition: form-data; name="${field}"; filename="file.${ending}"\r\nContent-Type: ${/^[\w.+/-]+$/.test(source.mime) ? source.mime : 'application/octet-stream'}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(source.base64, 'base64')]);
}
