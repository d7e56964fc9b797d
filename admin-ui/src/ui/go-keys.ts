/** `g` and then the letters of a destination, as the rail's tooltips say. Dead in inputs and while an IME composes. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

const patienceMs = 1200;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function useGoKeys(destinations: readonly { keys: string; path: string }[]): void {
  const navigate = useNavigate();
  useEffect(() => {
    let typed: string | undefined, since = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (typed === undefined || event.timeStamp - since > patienceMs) typed = event.key === 'g' ? '' : undefined;
      else typed += event.key;
      since = event.timeStamp;
      const found = destinations.find((one) => one.keys === typed);
      if (!found) return;
      typed = undefined;
      event.preventDefault();
      void navigate({ to: found.path });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [destinations, navigate]);
}
