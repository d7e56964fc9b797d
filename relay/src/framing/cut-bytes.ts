/** For tests: the bytes in pieces that end at these places (taken modulo the length). Empty pieces come too, as they do from sockets. */
export function cutBytes(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length));
}

/** One byte each. */
export const singleBytes = (bytes: Buffer): Buffer[] => Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
