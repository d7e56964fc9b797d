/** Letting go of accounts elsewhere. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { sqlOf } from '../../database/sql.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { findManageable } from '../user/find-manageable.ts';
import { User } from '../user/user.entity.ts';
import type { Bindings } from './bindings.ts';
import { identityRefusal } from './identity-entry.ts';
import type { IdentityKind } from './identity-kind.ts';
import { Identity } from './identity.entity.ts';

export class BindingService {
  constructor(private readonly bindings: Bindings) {}

  async delete(ctx: RequestContext, kind: IdentityKind): Promise<OkPayload> {
    const { userId } = callerOf(ctx);
    if (!(await ctx.em.count(Identity, { userId, kind }))) return new OkPayload([identityRefusal(ctx, 'binding_none')]);
    if (!(await hasAnotherWay(ctx, userId, kind))) return new OkPayload([identityRefusal(ctx, 'binding_last')]);
    await this.bindings.remove(ctx, userId, kind);
    return new OkPayload();
  }

  /** By an operator of a higher role, also the last one: a password can be given instead. */
  async deleteOf(ctx: RequestContext, id: string, kind: IdentityKind): Promise<OkPayload> {
    const user = await findManageable(ctx, id);
    if (!(user instanceof User)) return new OkPayload([user]);
    if (!(await ctx.em.count(Identity, { userId: user.id, kind }))) return new OkPayload([identityRefusal(ctx, 'binding_none')]);
    await this.bindings.remove(ctx, user.id, kind);
    return new OkPayload();
  }
}

/** Whether somebody without this binding can still sign in: nobody may lock themselves out. */
async function hasAnotherWay({ em }: RequestContext, userId: number, kind: IdentityKind): Promise<boolean> {
  const [row] = await sqlOf(em)<{ other: boolean }>(`select u.password_hash like '$argon2%' or exists (select from passkey p where p.user_id = u.id)
    or exists (select from identity i where i.user_id = u.id and i.kind <> $2) as other from user_account u where u.id = $1`, [userId, kind]);
  return row!.other;
}
