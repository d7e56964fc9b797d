import { useState } from 'react';

/** The key that makes a repeated act one act; `next` when it has happened. */
export function useActKey(): { key: string; next: () => void } {
  const [key, setKey] = useState(() => crypto.randomUUID());
  return { key, next: () => setKey(crypto.randomUUID()) };
}
