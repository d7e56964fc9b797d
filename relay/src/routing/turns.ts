/** Whose turn it is among the credentials of a channel that takes them one after another (semantics 3.5). Each relay counts by itself. */

const mostChannels = 100_000;

export class Turns {
  private readonly next = new Map<number, number>();

  /** The place of the credential that is due; the one behind it is due next. */
  take(channelId: number, count: number): number {
    if (this.next.size >= mostChannels) this.next.clear();
    const place = (this.next.get(channelId) ?? 0) % count;
    this.next.set(channelId, place + 1);
    return place;
  }
}
