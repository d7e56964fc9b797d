/** Rows that bind accounts elsewhere to ours. */
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { SecurityAct } from '../notification/security-news.ts';
import type { FactorChange } from '../two-factor/factor-change.ts';
import type { IdentityKind } from './identity-kind.ts';
import { Identity } from './identity.entity.ts';
import type { Profile } from './profile.ts';

export class Bindings {
  constructor(private readonly change: FactorChange) {}

  find({ em }: Pick<RequestContext, 'em'>, { kind, issuer, subject }: Pick<Profile, 'kind' | 'issuer' | 'subject'>): Promise<Identity | null> {
    return em.findOne(Identity, { kind, issuer, subject }, { refresh: true });
  }

  /** In the transaction of `em`. */
  add(em: EntityManager, userId: number, { kind, issuer, subject, label }: Profile, boundAt: Date): Identity {
    const identity = em.create(Identity, { userId, kind, issuer, subject, label, boundAt });
    em.persist(identity);
    return identity;
  }

  /** Takes the place of an earlier account of the same kind. Undefined when it is bound. */
  async bind(ctx: RequestContext, userId: number, profile: Profile, signedAt?: Date): Promise<MessageCode | undefined> {
    const present = await this.find(ctx, profile);
    if (present) return present.userId === userId ? undefined : 'provider_bound';
    try {
      await this.change.commit(ctx, userId, SecurityAct.BOUND, async (em) => {
        await em.nativeDelete(Identity, { userId, kind: profile.kind });
        Object.assign(this.add(em, userId, profile, ctx.clock.now()), { signedAt });
        await em.flush();
      });
    } catch (fault) {
      if (fault instanceof UniqueConstraintViolationException) return 'provider_bound';   // by another caller, in this moment
      throw fault;
    }
    return undefined;
  }

  async remove(ctx: RequestContext, userId: number, kind: IdentityKind): Promise<void> {
    await this.change.commit(ctx, userId, SecurityAct.UNBOUND, (em) => em.nativeDelete(Identity, { userId, kind }));
  }
}
