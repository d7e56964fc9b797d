import type { Snapshot } from './snapshot.ts';

/** Where the pipeline gets the picture of this moment. */
export interface SnapshotSource {
  /** Read it once at the start of an exchange. Undefined only on a relay that has never had a picture. */
  current(): Snapshot | undefined;
  /**
   * Set after a pause of the whole process, when the picture may be old without our knowing: await it before serving (CFG-02).
   * It resolves when the picture was compared with the head in Redis, after 1 s at the latest; it never rejects.
   */
  readonly settling: Promise<void> | undefined;
  /** Milliseconds since this version was last known to be the current one (CFG-08), counted across restarts. */
  ageMs(): number;
}
