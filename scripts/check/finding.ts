/** A check of the whole tree, and what it has found. */
export interface Finding {
  text: string;
  /** A warning is shown and does not fail the check. */
  warning?: true;
}

export interface Check {
  name: string;
  /** What to do about its findings. */
  mend: string;
  run(): Promise<Finding[]>;
}
