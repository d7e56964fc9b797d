/** Backup codes `XXXX-XXXX`: four of them, each good once, kept as keyed hashes. */
import { createHmac, randomInt } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { BackupCode } from './backup-code.entity.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const howMany = 4;

/** The eight characters without the dash, in capitals; undefined for another form. */
function readCode(text: string): string | undefined {
  const match = /^\s*([A-Z0-9]{4})[-\s]?([A-Z0-9]{4})\s*$/i.exec(text);
  return match ? `${match[1]}${match[2]}`.toUpperCase() : undefined;
}

function newCode(): string {
  const characters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}

export class BackupCodes {
  constructor(private readonly key: Buffer) {}

  /** New codes in the place of all earlier ones. In the transaction of `em`; flushes. */
  async replace(em: EntityManager, userId: number): Promise<string[]> {
    await em.nativeDelete(BackupCode, { userId });
    const codes = Array.from({ length: howMany }, newCode);
    await em.persist(codes.map((code) => em.create(BackupCode, { userId, codeHash: this.hashOf(userId, readCode(code)!) }))).flush();
    return codes;
  }

  /** True for one caller, once. */
  async use(sql: Sql, userId: number, text: string): Promise<boolean> {
    const code = readCode(text);
    if (code === undefined) return false;
    return (await sql('delete from backup_code where user_id = $1 and code_hash = $2 returning id', [userId, this.hashOf(userId, code)])).length > 0;
  }

  async count(em: EntityManager, userId: number): Promise<number> {
    const [row] = await sqlOf(em)<{ count: number }>('select count(*)::int as count from backup_code where user_id = $1', [userId]);
    return row!.count;
  }

  private hashOf(userId: number, code: string): string {
    return createHmac('sha256', this.key).update(`${userId}:${code}`).digest('hex');
  }
}
