/** What a price by call is multiplied with (semantics 1.7, 1.11). */
export interface CallUnits {
  /** How many were asked for: pictures. What the answer holds counts, where that is known. */
  readonly count: number;
  /** Of the list price, in millionths: size, quality. */
  readonly ratio: number;
}
