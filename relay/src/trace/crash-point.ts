/**
 * Named places where a test makes the process die as a power cut would: `crashPoint('mid-stream')` kills it at the pass that
 * WEIR_CRASH_AT names. Only a test build has them: scripts/start/release.ts takes the calls out, and leaves this file behind.
 */
export const crashPoints = [
  'before-reserve', 'after-reserve', 'after-dispatch', 'mid-stream', 'before-settle', 'after-settle', 'before-ack', 'during-snapshot-write',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

let armed: Map<CrashPoint, number> | undefined;

/** Does nothing outside tests. Throws a sentence for whoever wrote the test. */
export function armCrashPoints(environment: NodeJS.ProcessEnv): void {
  const plan = readCrashPlan(environment['NODE_ENV'] === 'test' ? environment['WEIR_CRASH_AT'] ?? '' : '');
  if (typeof plan === 'string') throw new Error(`WEIR_CRASH_AT: ${plan}`);
  armed = plan.size > 0 ? plan : undefined;
}

export function crashPoint(point: CrashPoint): void {
  if (armed !== undefined) pass(armed, point);
}

function pass(plan: Map<CrashPoint, number>, point: CrashPoint): void {
  const left = plan.get(point);
  if (left === undefined) return;
  if (left > 1) { plan.set(point, left - 1); return; }
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing may run after the point that was named.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Reads `before-reserve:1,mid-stream:3`. Returns the plan, or a sentence that says what is wrong. */
export function readCrashPlan(text: string): Map<CrashPoint, number> | string {
  const plan = new Map<CrashPoint, number>();
  for (const part of text.split(',').map((piece) => piece.trim()).filter(Boolean)) {
    const [name, count = '1'] = part.split(':');
    const point = crashPoints.find((known) => known === name);
    if (!point) return `no crash point is called ${name}; there are ${crashPoints.join(', ')}`;
    if (!/^[1-9]\d{0,8}$/.test(count)) return `${part}: the pass must be a whole number from 1`;
    plan.set(point, Number(count));
  }
  return plan;
}
