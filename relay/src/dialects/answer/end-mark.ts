/** Where the mark of the last event is looked for; a mark that is cut, or followed by more, is noticed at the end. */
const endBytes = 96;

/** A loop over the end: a native search costs more than all else that is done for an event. */
export function endsWith(mark: string): (piece: Buffer) => boolean {
  const { length } = mark, first = mark.charCodeAt(0), second = mark.charCodeAt(1);
  return (piece) => {
    for (let at = piece.length - length, end = Math.max(0, piece.length - endBytes); at >= end; at--) {
      if (piece[at] === first && piece[at + 1] === second && piece.toString('latin1', at, at + length) === mark) return true;
    }
    return false;
  };
}
