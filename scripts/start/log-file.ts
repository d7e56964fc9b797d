/** A process's log: a file that it writes by itself, so that it outlives us, and whose warnings are shown at the terminal. */
import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync, watch } from 'node:fs';

const rotateAtBytes = 50 * 2 ** 20;

/** Opens the log for appending; a large one becomes `.1` first. */
export function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > rotateAtBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** What a person should see of a log line: warnings and worse, and everything that is not a log record, such as a stack. */
export function shownPart(line: string): string | undefined {
  if (!line.trim()) return undefined;
  if (!line.startsWith('{')) return line;
  try {
    const record = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
    if ((record.level ?? 0) < 40) return undefined;
    return [record.msg, record.err?.message].filter(Boolean).join(': ') || line;
  } catch {
    return line;
  }
}

/** Calls `show` for each shown line that is written from now on. */
export function followLog(path: string, show: (text: string) => void): () => void {
  const file = openSync(path, 'r');
  let position = fstatSync(file).size, rest = '';
  const buffer = Buffer.alloc(64 << 10);
  const readOn = (): void => {
    for (let count = readSync(file, buffer, 0, buffer.length, position); count > 0; count = readSync(file, buffer, 0, buffer.length, position)) {
      position += count;
      const lines = (rest + buffer.toString('utf8', 0, count)).split('\n');
      rest = lines.pop()!.slice(-8_192);
      for (const text of lines.map(shownPart)) if (text !== undefined) show(text);
    }
  };
  const watcher = watch(path, readOn);
  return () => { readOn(); watcher.close(); closeSync(file); };
}
