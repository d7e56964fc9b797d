/** A person who is deleted for good (DUR-05): the row stays for the books, under a name that tells nothing. */
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { Identity } from '../identity/identity.entity.ts';
import type { User } from './user.entity.ts';

/** The `@` keeps people from taking such a name: theirs have none. */
const nameOf = (id: number): string => `@${id}`;

/** The caller writes the row, and calls `forgetElsewhere` in the same transaction. */
export const forget = (user: User): User =>
  Object.assign(user, { username: nameOf(user.id), displayName: '', email: '', emailVerifiedAt: null, remark: '', sidebarModules: '' });

/** The accounts elsewhere: they may be bound to another user again. */
export async function forgetElsewhere(em: EntityManager, { id }: User): Promise<void> {
  await em.nativeDelete(Identity, { userId: id });
}

/** All but those who were forgotten. */
export const remembered: FilterQuery<User> = { $or: [{ deletedAt: null }, { $not: { username: { $like: '@%' } } }] };
