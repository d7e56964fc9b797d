/** One whole answer, as both kinds of streams give it: in its time, with what it cost (graphql-design 15). */
import { execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { identityOf } from '../public-error.ts';
import { settle } from './charge.ts';
import type { CostBucket } from './cost-bucket.ts';
import { inTime, late, tooLate } from './in-time.ts';

export async function executeInTime(bucket: CostBucket, args: ExecutionArgs, context: RequestContext): Promise<ExecutionResult> {
  const done = await inTime(async () => execute(args), context.cost?.timeMs), result: ExecutionResult = done === late ? { errors: [tooLate(context.language)] } : done;
  const cost = settle(bucket, context, result.data);
  return { ...result, extensions: { ...result.extensions, ...identityOf(context), ...(cost && { cost }) } };
}
