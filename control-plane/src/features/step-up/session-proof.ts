/** Where a proof is noted: in the session that gave it, and nowhere else (MFA-03). */
import type { RequestContext } from '../../kernel/context.ts';
import { proofSeconds } from '../../kernel/step-up.ts';
import { Session } from '../session/session.entity.ts';

const validUntil = (provenAt: number): Date => new Date(provenAt + proofSeconds * 1_000);

/** Until when the proof of this session counts; null when it has none any more. */
export function proofOf({ principal, clock }: RequestContext): Date | null {
  const until = principal?.provenAt === undefined ? undefined : validUntil(principal.provenAt);
  return until && until > clock.now() ? until : null;
}

/** Call it only for a check that this process has just made itself. */
export async function noteProof({ em, principal, clock }: RequestContext): Promise<Date> {
  if (principal?.sessionId === undefined) throw new Error('Only a session can prove who is there');
  const now = clock.now();
  await em.nativeUpdate(Session, { id: principal.sessionId }, { stepUpAt: now });
  principal.provenAt = now.getTime();
  return validUntil(now.getTime());
}
