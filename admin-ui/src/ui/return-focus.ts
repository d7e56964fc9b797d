import { useEffect, useState } from 'react';

/** What had the focus; for an item of a menu, which is about to vanish, the button that opened the menu. */
function opener(): HTMLElement | null {
  const active = document.activeElement;
  const menu = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const found = menu ? document.getElementById(menu) : active;
  return found instanceof HTMLElement ? found : null;
}

const fadeMs = 300;

/** For panels and dialogs that are mounted when they open: gives the focus back to where it was. */
export function useReturnFocus(): void {
  const [from] = useState(opener);
  useEffect(() => () => {
    const giveBack = () => { if (from?.isConnected) from.focus({ preventScroll: true }); };
    giveBack();
    // A question that was answered fades out after its panel, and takes the focus with it.
    window.setTimeout(() => { if (document.activeElement === document.body) giveBack(); }, fadeMs);
  }, [from]);
}
