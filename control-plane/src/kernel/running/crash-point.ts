/**
 * Named places where a test makes the process die as a power cut would, at the pass that WEIR_CRASH_AT names. The relay has
 * its own (relay/src/trace/crash-point.ts). Only a test build has them: scripts/start/release.ts takes the calls out.
 */
export const crashPoints = [
  'before-post',        // usage is written, the transaction is not committed
  'after-post',         // committed, the relay is not told
  'after-grant',        // a lease is granted, the relay is not told
  'before-publish',     // a version has its number, Redis does not have it
] as const;

export type CrashPoint = (typeof crashPoints)[number];
export type CrashPlan = ReadonlyMap<CrashPoint, number>;

let armed: Map<CrashPoint, number> | undefined;

/** Does nothing outside tests. Throws a sentence for whoever wrote the test. */
export function armCrashPoints(environment: NodeJS.ProcessEnv): void {
  const plan = readCrashPlan(environment.NODE_ENV === 'test' ? environment.WEIR_CRASH_AT ?? '' : '');
  if (typeof plan === 'string') throw new Error(`WEIR_CRASH_AT: ${plan}`);
  armed = plan.size > 0 ? new Map(plan) : undefined;
}

export function crashPoint(point: CrashPoint): void {
  const left = armed?.get(point);
  if (armed === undefined || left === undefined) return;
  if (left > 1) { armed.set(point, left - 1); return; }
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing may run after the point that was named.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Reads `before-post:1,after-grant:3`. Returns the plan, or a sentence that says what is wrong. */
export function readCrashPlan(text: string): CrashPlan | string {
  const plan = new Map<CrashPoint, number>();
  for (const part of text.split(',').map((piece) => piece.trim()).filter(Boolean)) {
    const [name, pass = '1'] = part.split(':'), point = crashPoints.find((known) => known === name);
    if (!point) return `no crash point is called ${name}; there are ${crashPoints.join(', ')}`;
    if (!/^[1-9]\d{0,8}$/.test(pass)) return `${part}: the pass must be a whole number from 1`;
    plan.set(point, Number(pass));
  }
  return plan;
}
