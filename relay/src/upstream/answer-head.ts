/**
 * The head of an HTTP/1.1 answer (RFC 9112, 4 and 5), read strictly: what two readers could understand differently is refused, since
 * a wrong idea of where an answer ends hands one client the answer of another. Left out: folded headers, HTTP/2 and upgrades.
 */

export interface AnswerHead {
  readonly status: number;
  /** Name, value, name, value …, names as they came. */
  readonly fields: readonly string[];
  /** How the end of the body is found. */
  readonly framing: 'none' | 'length' | 'chunked' | 'close';
  /** Of framing `length`. */
  readonly length: number;
  /** The connection may carry another exchange. */
  readonly reusable: boolean;
  /** Milliseconds that the upstream will keep it open, where it says so. */
  readonly keepMs: number | undefined;
}

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?\r\n/;
const field = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)([\t ]*)\r\n/y;
const digits = /^\d{1,15}$/;

/** What the fields say about the message itself. */
interface Signs { length: number; chunked: boolean; close: boolean; keepMs: number | undefined }

/**
 * @param text from the status line up to and with the empty line, as latin1
 * @returns the head, or a sentence that says why it is none
 */
export function readAnswerHead(text: string): AnswerHead | string {
  const start = statusLine.exec(text);
  if (!start) return 'not an HTTP/1.1 status line';
  const status = Number(start[2]), fields: string[] = [];
  const signs: Signs = { length: -1, chunked: false, close: start[1] === '0', keepMs: undefined };
  let at = start[0].length;
  while (at < text.length - 2) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (!match) return 'a header line is malformed';
    const fault = note(match[1]!, match[2]!, signs);
    if (fault !== undefined) return fault;
    // Parsers disagree whether a tab behind a value belongs to it, which for these two would move the end of the answer.
    if (match[3]!.includes('\t') && /^(content-length|transfer-encoding)$/i.test(match[1]!)) return 'a tab behind the framing';
    fields.push(match[1]!, match[2]!);
    at = field.lastIndex;
  }
  if (signs.chunked && (signs.length >= 0 || start[1] === '0')) return 'transfer-encoding where it must not be';
  return { status, fields, ...framingOf(status, signs), keepMs: signs.keepMs };
}

function framingOf(status: number, { length, chunked, close }: Signs): Pick<AnswerHead, 'framing' | 'length' | 'reusable'> {
  if (status < 200 || status === 204 || status === 304) return { framing: 'none', length: 0, reusable: !close };
  if (chunked) return { framing: 'chunked', length: 0, reusable: !close };
  if (length >= 0) return { framing: length === 0 ? 'none' : 'length', length, reusable: !close };
  return { framing: 'close', length: 0, reusable: false };
}

/** Only names of these lengths matter, so most fields cost one comparison. */
function note(name: string, value: string, signs: Signs): string | undefined {
  if (name.length === 14 && name.toLowerCase() === 'content-length') {
    if (signs.length >= 0) return 'content-length twice';
    if (!digits.test(value)) return 'content-length is not a number';
    signs.length = Number(value);
  } else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
    if (signs.chunked) return 'transfer-encoding twice';
    if (value.toLowerCase() !== 'chunked') return 'a transfer-encoding other than chunked';
    signs.chunked = true;
  } else if (name.length === 10) {
    const lower = name.toLowerCase();
    if (lower === 'connection' && /(?:^|[\s,])close(?:$|[\s,])/i.test(value)) signs.close = true;
    if (lower === 'keep-alive') {
      const seconds = /(?:^|[\s,])timeout=(\d{1,6})(?:$|[\s,])/i.exec(value)?.[1];
      if (seconds !== undefined) signs.keepMs = Number(seconds) * 1_000;
    }
  }
  return undefined;
}

/** First field of that name (lower case). */
export function fieldOf(fields: readonly string[], name: string): string | undefined {
  for (let i = 0; i < fields.length; i += 2) {
    const candidate = fields[i]!;
    if (candidate.length === name.length && candidate.toLowerCase() === name) return fields[i + 1];
  }
  return undefined;
}
