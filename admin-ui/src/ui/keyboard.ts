/** The one listener for the console's own keys. Dead in inputs, in menus and while an IME composes; can be switched off. */
import { useEffect, useRef } from 'react';
import { type KeyAct, nothingTyped, press, type Typed } from './keys.ts';

const stored = 'weir-keys';
const registered = new Set<{ current: readonly KeyAct[] }>();

/** Whether letters act at all (WCAG 2.1.4); Ctrl K always does. */
export const keysAreOn = (): boolean => { try { return localStorage.getItem(stored) !== 'off'; } catch { return true; } };

export function switchKeys(on: boolean): void {
  try { localStorage.setItem(stored, on ? 'on' : 'off'); } catch { /* it cannot be remembered: they stay as they are */ }
}

/** What can be pressed on the page that is open. */
export const actsNow = (): KeyAct[] => [...registered].flatMap(({ current }) => current);

/** Gives keys a meaning while the component is mounted. */
export function useKeys(acts: readonly KeyAct[]): void {
  const latest = useRef(acts);
  useEffect(() => { latest.current = acts; });
  useEffect(() => {
    registered.add(latest);
    return () => { registered.delete(latest); };
  }, []);
}

const writes = 'textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], input:not([type="checkbox"], [type="radio"])';
const actsItself = 'button, a, input, summary';

function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return target.matches(writes) || target.closest('[role="menu"]') !== null || ([' ', 'Enter'].includes(key) && target.matches(actsItself));
}

export function useKeyListener(): void {
  useEffect(() => {
    let typed: Typed = nothingTyped;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event) || !keysAreOn()) return;
      const inDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
      const step = press(typed, event.key, event.timeStamp, actsNow().filter((act) => !inDialog || act.inDialogs));
      typed = step.typed;
      if (!step.act) return;
      event.preventDefault();
      step.act.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
