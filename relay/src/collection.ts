/** When a worker collects garbage: settled before anything is loaded. */
import { setFlagsFromString } from 'node:v8';

/**
 * After a quiet time V8 lets a heap of 26 MB grow by little before it collects all of it again. A relay that wakes up then did so seven
 * times a second, which doubled the cost of a request; now the heap may be four times what lives in it. And what a quiet time has not
 * used stays compiled: the first requests after it are not the ones to pay for that.
 *
 * Where many objects of one place in the code have lived long, V8 makes all later ones among the old: after some thousands of streams had
 * waited, each short request left its own there, and three times as much was kept and moved.
 */
export function settleCollection(): void {
  setFlagsFromString('--heap-growing-percent=300');
  setFlagsFromString('--no-flush-bytecode');
  setFlagsFromString('--no-allocation-site-pretenuring');
}
