/** Makes and checks what is mailed (MFA-06): random, hashed, of one use, ten minutes, five tries. */
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { ProofPurpose } from './email-proof.entity.ts';

const validMs = 600_000, mostTries = 5;
/** No sign that looks like another one. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ', codeLength = 6;

const newSecret: Record<ProofPurpose, () => string> = {
  [ProofPurpose.ADDRESS]: () => Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join(''),
  [ProofPurpose.RESET]: () => randomBytes(32).toString('base64url'),
};

/** What is mailed, and until when it counts. */
export interface Issued { secret: string; expiresAt: Date }

/** A right answer, still to be used up. */
export interface Proof { purpose: ProofPurpose; email: string; secretHash: string }

export class EmailProofs {
  constructor(private readonly key: Buffer) {}

  /** The secret to be mailed; what was mailed before for this purpose stops working. */
  async issue(ctx: Pick<RequestContext, 'em' | 'clock'>, purpose: ProofPurpose, email: string): Promise<Issued> {
    const secret = newSecret[purpose](), expiresAt = new Date(ctx.clock.now().getTime() + validMs);
    await sqlOf(ctx.em)(`
      with old as (delete from email_proof where expires_at < $4::timestamptz - interval '1 day')
      insert into email_proof (purpose, email, secret_hash, expires_at) values ($1, $2, $3, $4)
      on conflict (purpose, email) do update set secret_hash = excluded.secret_hash, expires_at = excluded.expires_at, tries = 0`,
    [purpose, email, this.hash(purpose, email, secret), expiresAt]);
    return { secret, expiresAt };
  }

  /** Counts the try before it looks, whatever becomes of the request: parallel guesses share the five. */
  async check(ctx: RequestContext, purpose: ProofPurpose, email: string, given: string): Promise<Proof | undefined> {
    const [row] = await sqlOf(ctx.em.fork())<{ hash: string }>(`
      update email_proof set tries = tries + 1 where purpose = $1 and email = $2 and expires_at > $3 and tries < $4 returning secret_hash as hash`,
    [purpose, email, ctx.clock.now(), mostTries]);
    const spelled = purpose === ProofPurpose.ADDRESS ? given.trim().toUpperCase() : given.trim();
    const secretHash = this.hash(purpose, email, spelled);
    return row && timingSafeEqual(Buffer.from(row.hash), Buffer.from(secretHash)) ? { purpose, email, secretHash } : undefined;
  }

  /** Once: false when another request was first. */
  async use(em: EntityManager, { purpose, email, secretHash }: Proof): Promise<boolean> {
    const rows = await sqlOf(em)('delete from email_proof where purpose = $1 and email = $2 and secret_hash = $3 returning id', [purpose, email, secretHash]);
    return rows.length > 0;
  }

  private hash(purpose: ProofPurpose, email: string, secret: string): string {
    return createHmac('sha256', this.key).update(JSON.stringify([purpose, email, secret])).digest('hex');
  }
}
