/** The mock's own record of what happened, against which charges and logs are compared. Read and cleared over HTTP. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Usage } from './answer.ts';

export interface Entry {
  number: number;
  /** Milliseconds since 1970. */
  at: number;
  path: string;
  model: string;
  stream: boolean;
  /** The last message of the user: where a test marks its request. */
  label: string;
  /** The request id that the caller sent, when it did. */
  requestId: string | null;
  /** What it presented: these credentials are made up, so they stand here in full. */
  credential: string | null;
  headers: IncomingHttpHeaders;
  bodyHash: string;
  bodyBytes: number;
  status: number | null;
  sentBytes: number;
  sentFrames: number;
  /** What the frames that were sent say, not what the whole answer would have said. */
  usage: Usage | null;
  /** open: still answering. complete: all of it was written. broken: by order. client-left: the caller closed first. */
  ending: 'open' | 'complete' | 'broken' | 'client-left';
}

export class GroundTruth {
  entries: Entry[] = [];
  #next = 1;
  readonly #seen = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) { this.#now = now; }

  begin(path: string, headers: IncomingHttpHeaders, body: Buffer): Entry {
    const credential = headers.authorization?.replace(/^Bearer /i, '') ?? headers['x-api-key'] ?? null;
    const requestId = headers['x-request-id'] ?? headers['x-client-request-id'] ?? null;
    const entry: Entry = {
      number: this.#next++, at: this.#now(), path, model: '', stream: false, label: '', headers,
      requestId: requestId === null ? null : String(requestId), credential: credential === null ? null : String(credential),
      bodyHash: createHash('sha256').update(body).digest('hex'), bodyBytes: body.length,
      status: null, sentBytes: 0, sentFrames: 0, usage: null, ending: 'open',
    };
    this.entries.push(entry);
    return entry;
  }

  /** Whether this is the first request with this body since the log was cleared. */
  isFirst(entry: Entry): boolean {
    if (this.#seen.has(entry.bodyHash)) return false;
    this.#seen.add(entry.bodyHash);
    return true;
  }

  clear(): void {
    this.entries = [];
    this.#seen.clear();
  }
}
