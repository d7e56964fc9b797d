/** Refuses an act that wants a fresh proof (`@StepUp`): which callers are asked, at which door, and what they are told. */
import { GraphQLError } from 'graphql';
import { sqlOf } from '../../database/sql.ts';
import { flagOption } from '../option/option-values.ts';
import { methodsOf } from './step-up-methods.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { say } from '../../kernel/words/messages.ts';
import { proofFault, type StepUpRule } from '../../kernel/step-up.ts';

/** A program with an access token cannot answer; the compatible REST forms have no word for it, unless an operator wants it. */
async function isAsked({ strict }: StepUpRule, { principal, route, em }: RequestContext): Promise<boolean> {
  if (strict) return true;
  if (principal?.credential !== 'session') return false;
  return route === undefined || flagOption(sqlOf(em), 'security.rest_step_up');
}

/** Throws STEP_UP_REQUIRED with the methods that the caller has; over REST its code is the contract's. */
export async function requireStepUp(rule: StepUpRule, ctx: RequestContext): Promise<void> {
  const fault = proofFault(rule, ctx);
  if (!fault || !(await isAsked(rule, ctx))) return;
  const methods = ctx.principal ? await methodsOf(ctx.em, ctx.principal.userId) : [];
  throw new GraphQLError(say(fault, ctx.language), { extensions: { code: 'STEP_UP_REQUIRED', methods, legacyCode: fault } });
}
