/** Finds single events in a stretch of a stream without reading the others. */
const ends = ['\n\n', '\n\r\n', '\r\r'].map((end) => Buffer.from(end));

/** Behind the last event that ends at or before this place; 0: none does. */
export function eventEndBefore(bytes: Buffer, place: number): number {
  let found = 0;
  for (const end of ends) {
    const at = place < end.length ? -1 : bytes.lastIndexOf(end, place - end.length);
    if (at >= 0) found = Math.max(found, at + end.length);
  }
  return found;
}

/** Behind the first event that ends after this place; the end of the bytes when none does. */
export function eventEndAfter(bytes: Buffer, place: number): number {
  let found = bytes.length;
  for (const end of ends) {
    const at = bytes.indexOf(end, place);
    if (at >= 0) found = Math.min(found, at + end.length);
  }
  return found;
}

/** The events that hold one of these strings, in their order. */
export function eventsWith(bytes: Buffer, needles: readonly Buffer[]): Buffer[] {
  const events: Buffer[] = [];
  const next = needles.map((needle) => bytes.indexOf(needle));
  for (;;) {
    const hits = next.filter((at) => at >= 0);
    if (!hits.length) return events;
    const hit = Math.min(...hits);
    const end = eventEndAfter(bytes, hit);
    events.push(bytes.subarray(eventEndBefore(bytes, hit), end));
    for (const [index, needle] of needles.entries()) if (next[index]! >= 0 && next[index]! < end) next[index] = bytes.indexOf(needle, end);
  }
}
