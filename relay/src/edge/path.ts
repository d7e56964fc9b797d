/** `//v1/chat//completions/` is `/v1/chat/completions` (relay-api 1). */
export function foldPath(path: string): string {
  if (!path.includes('//') && !(path.length > 1 && path.endsWith('/'))) return path;
  const folded = path.replace(/\/{2,}/g, '/');
  return folded.length > 1 && folded.endsWith('/') ? folded.slice(0, -1) : folded;
}
