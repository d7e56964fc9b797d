/** Asks the control plane what a key has used. Rare and small: each asker has a question of its own. */
import type { BillingFigures } from '../gql/types.gen.ts';
import type { Link } from './link.ts';

/** Longer nobody waits for a figure. */
const patienceMs = 3_000;

export interface FiguresAsked { readonly tokenId: number; /** Milliseconds since 1970. */ readonly from: number; readonly to: number }

/** Undefined: there is nobody who could tell, or not in time. */
export type AskFigures = (asked: FiguresAsked) => Promise<BillingFigures | undefined>;

export function figuresDesk(link: Pick<Link, 'relayId' | 'append' | 'onMessage'>, nonce: () => string): AskFigures {
  const waiting = new Map<string, (figures: BillingFigures | undefined) => void>();
  link.onMessage(({ figures }) => { if (figures) waiting.get(figures.nonce)?.(figures); });
  return async ({ tokenId, from, to }) => {
    const mine = nonce();
    const answer = new Promise<BillingFigures | undefined>((resolve) => {
      const late = setTimeout(() => resolve(undefined), patienceMs);
      waiting.set(mine, (figures) => { clearTimeout(late); resolve(figures); });
    });
    if (!await link.append('weir:figures', { relayId: link.relayId, nonce: mine, tokenId, from, to })) waiting.get(mine)?.(undefined);
    return answer.finally(() => { waiting.delete(mine); });
  };
}
