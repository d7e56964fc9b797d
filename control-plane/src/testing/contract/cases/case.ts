import type { Leeway } from '../shape.ts';
import type { Call, World } from '../world.ts';

/** How an endpoint is called so that it succeeds. Without `as`: by the least of those who may. */
export interface SuccessCase extends Leeway {
  call?: Call | ((world: World) => Promise<Call>);
  /** The answer is not JSON, or is a redirect: what it must be instead. */
  answer?: { status: number; text?: string };
}

export type SuccessCases = Readonly<Record<string, SuccessCase>>;
