/** Texts that come in pieces and again as a whole: what was not said yet is said then (dialects 6.3). */
export class TextProgress {
  private readonly said = new Map<string, string>();

  /** @returns the piece */
  grow(key: string, piece: string): string {
    this.said.set(key, (this.said.get(key) ?? '') + piece);
    return piece;
  }

  /** The end that the pieces lack; empty where the whole says something else than they did. */
  missing(key: string, whole: string): string {
    const said = this.said.get(key) ?? '';
    return whole.startsWith(said) ? whole.slice(said.length) : '';
  }

  has(key: string): boolean { return (this.said.get(key) ?? '') !== ''; }
}
