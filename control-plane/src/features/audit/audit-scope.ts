/** One mutation while it runs. Its transactions find it wherever they are begun, without being handed anything. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestContext } from '../../kernel/context.ts';

export interface AuditScope {
  readonly action: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** How many events it has written. */
  events: number;
  /** Set when the mutation has answered: work that it left behind is not its own any more. */
  isOver: boolean;
}

const scopes = new AsyncLocalStorage<AuditScope>();

export const runInScope = <Result>(scope: AuditScope, work: () => Result): Result => scopes.run(scope, work);

/** The mutation that runs here; undefined outside of one. */
export function auditScope(): AuditScope | undefined {
  const scope = scopes.getStore();
  return scope?.isOver ? undefined : scope;
}
