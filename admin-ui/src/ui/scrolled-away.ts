import { useSyncExternalStore } from 'react';

const slackPx = 40;

function subscribe(changed: () => void): () => void {
  window.addEventListener('scroll', changed, { passive: true });
  return () => window.removeEventListener('scroll', changed);
}

/** Whether the reader has left the top of the page. */
export const useScrolledAway = (): boolean => useSyncExternalStore(subscribe, () => window.scrollY > slackPx);
