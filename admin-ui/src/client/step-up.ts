/**
 * Acts that want a fresh proof of who is there: a mutation that was refused for it waits until somebody has given the proof, and
 * is sent again. Who shows the dialog registers here; without one the refusal reaches the caller as it came.
 */
import type { Exchange, Operation, OperationResult } from 'urql';
import { filter, makeSubject, merge, pipe } from 'wonka';

type Ask = (methods: readonly string[]) => Promise<boolean>;

let ask: Ask | undefined;

/** Returns the way to take it back. */
export function answerStepUps(by: Ask): () => void {
  ask = by;
  return () => { if (ask === by) ask = undefined; };
}

/** What the caller can prove it with; undefined when no proof is missing. */
function missing({ operation, error }: OperationResult): readonly string[] | undefined {
  const refused = operation.kind === 'mutation' ? error?.graphQLErrors.find((one) => one.extensions.code === 'STEP_UP_REQUIRED') : undefined;
  const methods: unknown = refused?.extensions.methods;
  return refused && (Array.isArray(methods) ? methods.map(String) : []);
}

export const stepUpExchange: Exchange = ({ forward }) => (operations) => {
  const again = makeSubject<Operation>(), refused = makeSubject<OperationResult>();
  const answers = pipe(merge([operations, again.source]), forward, filter((result: OperationResult) => {
    const methods = missing(result);
    if (!methods || !ask) return true;
    void ask(methods).then((isProven) => { if (isProven) again.next(result.operation); else refused.next(result); });
    return false;
  }));
  return merge([answers, refused.source]);
};
