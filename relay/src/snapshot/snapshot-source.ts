import type { Snapshot } from './snapshot.ts';

/** Where the pipeline gets the picture of this moment. */
export interface SnapshotSource {
  /** Read it once at the start of an exchange. Undefined only on a relay that has never had a picture. */
  current(): Snapshot | undefined;
  /**
   * Set after a pause of the whole process, when the picture may be old without our knowing: await it before serving.
   * It resolves when the head was read again, or after 100 ms; it never rejects.
   */
  readonly settling: Promise<void> | undefined;
  /** Milliseconds since the control plane last confirmed this version (CFG-08). Infinity before the first contact of this process. */
  ageMs(): number;
}
