/**
 * Named places where a test makes the process die as a power cut would: `crashPoint('mid-stream')` kills it at the pass that
 * WEIR_CRASH_AT names. Unarmed (always outside tests) a pass is one comparison.
 */
export const crashPoints = [
  'before-reserve', 'after-reserve', 'after-dispatch', 'mid-stream', 'before-settle', 'after-settle', 'before-ack', 'during-snapshot-write',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

let armed: Map<CrashPoint, number> | undefined;

/** @param plan for each point, the pass (counted from 1) at which the process dies */
export function armCrashPoints(plan: ReadonlyMap<CrashPoint, number>): void {
  armed = plan.size > 0 ? new Map(plan) : undefined;
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
