/** An edit of the groups: made on a copy, checked, then saved as a whole. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { listChanged } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import type { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { Group } from './group.entity.ts';

export interface GroupValues { ratioMillionths: number; selectable: boolean; description: string }

const fresh: GroupValues = { ratioMillionths: 1_000_000, selectable: false, description: '' };
const fields = ['ratioMillionths', 'selectable', 'description'] as const;

/** Users fall back to it, so it can never go. */
export const defaultGroup = 'default';

const isLike = (row: GroupValues, values: GroupValues): boolean => fields.every((field) => row[field] === values[field]);

export class GroupDraft {
  private readonly wanted: Map<string, GroupValues>;

  private constructor(private readonly current: ReadonlyMap<string, Group>) {
    this.wanted = new Map([...current].map(([name, { ratioMillionths, selectable, description }]) => [name, { ratioMillionths, selectable, description }]));
  }

  /** Holds a lock until the transaction ends. */
  static async open(em: EntityManager): Promise<GroupDraft> {
    await sqlOf(em)(`select pg_advisory_xact_lock(hashtext('weir.groups'))`);
    return GroupDraft.read(em);
  }

  static async read(em: EntityManager): Promise<GroupDraft> {
    const rows = await em.find(Group, {}, { refresh: true });
    return new GroupDraft(new Map(rows.map((row) => [row.name, row])));
  }

  get groups(): ReadonlyMap<string, GroupValues> { return this.wanted; }

  patch(name: string, values: Partial<GroupValues>): void {
    this.wanted.set(name, { ...(this.wanted.get(name) ?? fresh), ...values });
  }

  delete(name: string): void { this.wanted.delete(name); }

  private get removed(): string[] { return [...this.current.keys()].filter((name) => !this.wanted.has(name)); }

  private get isChanged(): boolean { return this.removed.length > 0 || [...this.wanted].some(([name, values]) => { const row = this.current.get(name); return !row || !isLike(row, values); }); }

  /** A group that users, keys or channels still name must stay: they would silently change their price. */
  async check(em: EntityManager, refusals: Refusals, path: string[]): Promise<void> {
    const { removed } = this;
    if (!removed.length) return;
    const used = await sqlOf(em)<{ name: string }>(
      `select g.name from unnest($1::text[]) as g(name) where g.name = $2 or exists (select from user_account where group_name = g.name and deleted_at is null)
         or exists (select from token where group_name = g.name and deleted_at is null) or exists (select from channel where g.name = any(group_names))`,
      [removed, defaultGroup]);
    for (const { name } of used) refusals.unless(false, 'group_in_use', [...path, name], UserErrorCode.IN_USE);
  }

  async save(em: EntityManager): Promise<void> {
    if (this.isChanged) await listChanged(sqlOf(em), 'groups');
    for (const name of this.removed) {
      em.remove(this.current.get(name)!);
      touch(em, 'group', name);
    }
    for (const [name, values] of this.wanted) {
      const row = this.current.get(name);
      if (row && isLike(row, values)) continue;
      if (row) em.assign(row, values);
      else em.persist(em.create(Group, { name, ...values }));
      touch(em, 'group', name);
    }
    await em.flush();
  }
}
