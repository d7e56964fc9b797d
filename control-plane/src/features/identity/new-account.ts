/** An account for somebody who comes with one from elsewhere: no password, a name of its own. */
import { randomInt } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { NewUserGifts } from '../invite/new-user-gifts.ts';
import type { UserWriter } from '../user/user-writer.ts';
import { isEmail } from '../user/user-fields.ts';
import { User } from '../user/user.entity.ts';
import type { Bindings } from './bindings.ts';
import type { Profile } from './profile.ts';

/** No password has this hash. */
const noPassword = '!';
const attempts = 5;

export class NewAccounts {
  constructor(private readonly writer: UserWriter, private readonly gifts: NewUserGifts, private readonly bindings: Bindings) {}

  /** Undefined when somebody else was faster, with the same account elsewhere. */
  async open(ctx: RequestContext, profile: Profile, slug: string, inviteCode: string | undefined): Promise<User | undefined> {
    const inviterId = await this.gifts.inviterOf(ctx.em, inviteCode);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const user = await this.draft(ctx, profile, `${slug}_${await nextNumber(ctx, attempt)}`);
      user.inviterId = inviterId;
      const also = async (em: EntityManager) => {
        this.bindings.add(em, user.id, profile, ctx.clock.now());
        await em.flush();
        await this.gifts.give(em, user, ctx.clock.now());
      };
      const { userErrors } = await this.writer.save(ctx, user, { also });
      if (!userErrors.length) return user;
      if (await this.bindings.find(ctx, profile)) return undefined;
    }
    throw new Error('No free name was found for a new account');
  }

  /** An address that the provider calls proven becomes the new account's, unless another has it: it never leads to that one. */
  private async draft(ctx: RequestContext, { label, email }: Profile, username: string): Promise<User> {
    const user = new User(), now = ctx.clock.now(), address = email?.toLowerCase() ?? '';
    const isFree = address !== '' && isEmail(address) && (await ctx.em.count(User, { email: address })) === 0;
    return Object.assign(user, {
      username, displayName: Array.from(label).slice(0, 20).join(''), passwordHash: noPassword, createdAt: now, ...(isFree && { email: address, emailVerifiedAt: now }),
    });
  }
}

/** The id that the account will most likely get; somewhere else after the first attempts. */
async function nextNumber({ em }: RequestContext, attempt: number): Promise<number> {
  const [row] = await sqlOf(em)<{ next: number }>('select coalesce(max(id), 0)::int + 1 as next from user_account');
  return attempt === 0 ? row!.next : row!.next + randomInt(1, 10 ** (attempt + 1));
}
