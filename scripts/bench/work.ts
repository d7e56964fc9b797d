/** What the load process is asked for, and what it tells. */
export interface Work {
  kind: 'json' | 'stream' | 'idle';
  port: number;
  path: string;
  headers: Record<string, string>;
  connections: number;
}

/** Counts so far; the bench takes differences between two moments. */
export interface Progress { done: number; failed: number; open: number; firstFailure: string | undefined }
