/** Invite codes: four signs at first (semantics 8.2), more when those get scarce. */
import { randomInt } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', shortest = 4, longest = 16;

const newCode = (length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** The user's code; made at the first question. */
export async function inviteCodeOf(em: EntityManager, userId: number, make = newCode): Promise<string> {
  const sql = sqlOf(em.fork());
  for (let length = shortest; length <= longest; length++) {
    const [row] = await sql<{ code: string | null }>('select invite_code as code from user_account where id = $1', [userId]);
    if (row?.code) return row.code;
    // A code that somebody has changes nothing; the next round tries a longer one.
    await sql('update user_account set invite_code = $2 where id = $1 and invite_code is null and not exists (select from user_account where invite_code = $2)', [userId, make(length)])
      .catch((fault: unknown) => { if ((fault as { code?: string }).code !== '23505') throw fault; });
  }
  throw new Error('No free invite code was found');
}
