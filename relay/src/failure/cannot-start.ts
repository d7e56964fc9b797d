/** What keeps a relay from starting and an operator can mend: its message is a sentence for them. Any other error of a start is a bug. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
