/**
 * Which channel gave an answer that a later request may go on from: what the provider stored of it lies in one account (dialects
 * 11.3). Kept for thirty days: in the memory of this worker, and where all relays of the installation find it.
 */
import { hash } from 'node:crypto';

/** Shared by all relays; it may be away, and then knows nothing. */
export interface PinStore {
  put(key: string, channelId: number, seconds: number): void;
  find(key: string): Promise<number | undefined>;
}

const seconds = 30 * 86_400;
/** Here; the others are asked for. */
const mostKept = 20_000;

export class ResponsePins {
  /** The first is the oldest. */
  private readonly known = new Map<string, number>();
  private readonly store: PinStore | undefined;

  constructor(store: PinStore | undefined) { this.store = store; }

  /** @param owner whose answer it is: nobody learns anything with the id of somebody else */
  keep(owner: number, responseId: string, channelId: number): void {
    const key = keyOf(owner, responseId);
    this.remember(key, channelId);
    this.store?.put(key, channelId, seconds);
  }

  async find(owner: number, responseId: string): Promise<number | undefined> {
    const key = keyOf(owner, responseId), here = this.known.get(key);
    if (here !== undefined || !this.store) return here;
    const found = await this.store.find(key);
    if (found !== undefined) this.remember(key, found);
    return found;
  }

  private remember(key: string, channelId: number): void {
    this.known.delete(key);
    this.known.set(key, channelId);
    for (const oldest of this.known.keys()) { if (this.known.size <= mostKept) break; this.known.delete(oldest); }
  }
}

const keyOf = (owner: number, responseId: string): string => hash('sha256', `${owner} ${responseId}`, 'base64url');
