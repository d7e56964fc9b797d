/** Lines for the person at the terminal: how far the start is, and since when. */
export type Note = (text: string) => void;

export const progress = (startedAt: number): Note =>
  (text) => { console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1)} s] ${text}`); };
