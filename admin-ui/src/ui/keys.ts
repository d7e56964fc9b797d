/** Keys pressed one after the other, and what they mean. Pure, so that tests can type; keyboard.ts listens. */

export interface KeyAct {
  /** `['c']`, or `['g', 't']` for one after the other; letters as `KeyboardEvent.key` gives them. */
  keys: readonly string[];
  /** Key of the catalogue. */
  label: string;
  run: () => void;
  /** Also while a panel or dialog is open. */
  inDialogs?: boolean;
}

export interface Typed { keys: readonly string[]; at: number }

export const nothingTyped: Typed = { keys: [], at: 0 };

const patienceMs = 1200;

const begins = (whole: readonly string[], part: readonly string[]) => part.every((key, index) => whole[index] === key);

/** What is typed after this key, and the act that it completes. A key that leads nowhere starts afresh. */
export function press<Act extends Pick<KeyAct, 'keys'>>(typed: Typed, key: string, at: number, acts: readonly Act[]): { typed: Typed; act?: Act } {
  const before = at - typed.at > patienceMs ? [] : typed.keys, now = [...before, key];
  const act = acts.find(({ keys }) => keys.length === now.length && begins(keys, now));
  if (act) return { typed: nothingTyped, act };
  if (acts.some(({ keys }) => begins(keys, now))) return { typed: { keys: now, at } };
  return before.length ? press(nothingTyped, key, at, acts) : { typed: nothingTyped };
}

/** How a key is written in help and tooltips. */
export const keyName = (key: string): string => ({ ' ': 'Space', ArrowDown: '↓', ArrowUp: '↑' })[key] ?? key;
