/** Which version of a list somebody has before their eyes: the one that was read, or the one that their own last change made. */
import { useCallback, useState } from 'react';

export interface SeenVersion {
  /** What an edit that begins now names as expectedVersion; undefined until the list was read. */
  version: string | undefined;
  /** The version that an own change made. The list is read again a moment later, and the next edit must not wait for that. */
  note: (version: string | null | undefined) => void;
}

export const newer = (one: string | undefined, other: string | undefined): string | undefined =>
  (one === undefined || other === undefined ? one ?? other : Number(other) > Number(one) ? other : one);

export function useSeenVersion(read: string | undefined): SeenVersion {
  const [own, setOwn] = useState<string>();
  const note = useCallback((version: string | null | undefined) => { if (version != null) setOwn((before) => newer(before, version)); }, []);
  return { version: newer(read, own), note };
}
