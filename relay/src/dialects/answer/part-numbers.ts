/** Gives out the indexes of parts; several answers in one share them. */
export class PartNumbers {
  private readonly shared: { parts: number };
  /** The choice that these parts belong to; nothing for the first one. */
  readonly of: { choice?: number };

  constructor(choice = 0, shared = { parts: 0 }) {
    this.of = choice === 0 ? {} : { choice };
    this.shared = shared;
  }

  next(): number { return this.shared.parts++; }

  /** For another answer beside this one. */
  forChoice(choice: number): PartNumbers { return new PartNumbers(choice, this.shared); }
}
