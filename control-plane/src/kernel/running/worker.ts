/** Something that runs beside requests: a publisher, a consumer, a timer. main.ts starts and stops every one. */
export interface Worker {
  start(): Promise<void> | void;
  /** Ends the work in hand, and resolves when nothing of it runs any more. */
  stop(): Promise<void> | void;
}
