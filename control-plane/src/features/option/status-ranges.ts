/** Lists of HTTP statuses as operators write them: `100-199,429`. */

const part = /^(\d{3})(?:-(\d{3}))?$/;

/** The list without blanks, or why it is none. Relays read the same form. */
export function readStatusRanges(text: string): { text: string } | { refusal: string } {
  const parts = text.split(/[,\s]+/).filter(Boolean);
  for (const one of parts) {
    const match = part.exec(one), from = Number(match?.[1]), to = Number(match?.[2] ?? match?.[1]);
    if (!match || from < 100 || to > 599 || from > to) return { refusal: `statuses from 100 to 599 and ranges of them, which "${one.slice(0, 20)}" is not` };
  }
  return parts.length <= 500 ? { text: parts.join(',') } : { refusal: 'at most 500 entries' };
}

/** Whether a list that was read has the status. */
export const isInRanges = (list: string, status: number): boolean => list.split(',').filter(Boolean).some((one) => {
  const [from, to = from] = one.split('-').map(Number);
  return status >= from! && status <= to!;
});
