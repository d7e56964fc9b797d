/** Channels may point to gateways, and in the end back to us: each one counts (UPS-10). */
import { Failure } from '../../failure/failure.ts';
import type { RequestHeaders } from '../exchange.ts';

export const hopHeader = 'x-weir-hops';

const mostHops = 3;

/** Failure: `loop_detected`. */
export const loopFault = ({ hops }: RequestHeaders): Failure | undefined => (hops > mostHops ? new Failure('loop_detected') : undefined);
