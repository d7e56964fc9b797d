import type { Sql } from '../../database/sql.ts';
import { Picture, type Difference } from './picture.ts';
import type { ResourceBody, ResourceSource } from './resource-source.ts';
import type { RelayResource } from './wire/snapshot.ts';

/** A version of the picture that PostgreSQL knows. */
export interface Version { version: number; hash: string; count: number }

const mostChanges = 2_000;

const resource = (source: ResourceSource, { key, body }: ResourceBody): RelayResource => ({ key: `${source.kind}:${key}`, body });

/** The database's side of publishing: what changed, what it looks like now, and the version that it gets. */
export class PictureStore {
  private picture = new Picture();

  constructor(private readonly sources: readonly ResourceSource[]) {}

  /**
   * Reads everything anew, as of one moment, and forgets the changes that it covers.
   * @param floor the version that is already out there: ours must be above it unless it is the same picture
   */
  rebuild(sql: Sql, floor: { version: number; hash: string } | undefined): Promise<Version & { resources: RelayResource[] }> {
    return inOneMoment(sql, async () => {
      const picture = new Picture(), resources: RelayResource[] = [];
      for (const source of this.sources) {
        for await (const bodies of source.all(sql)) {
          for (const body of bodies) resources.push(resource(source, body));
        }
      }
      for (const each of resources) picture.put(each);
      await sql('delete from snapshot_change');
      const version = await this.nameVersion(sql, picture.hash, floor);
      this.picture = picture;
      return { version, hash: picture.hash, count: picture.size, resources };
    });
  }

  /** Takes in what was touched since; undefined when nothing looks different. A failure leaves the store in need of a rebuild. */
  async collect(sql: Sql): Promise<(Version & Difference) | undefined> {
    const waiting = await sql('select from snapshot_change limit 1');
    if (waiting.length === 0) return undefined;
    return inOneMoment(sql, async () => {
      const changes = await sql<{ id: string; kind: string; key: string }>('select id, kind, key from snapshot_change order by id limit $1', [mostChanges]);
      const difference: Difference = { upserts: [], removals: [] };
      for (const source of this.sources) {
        const keys = new Set(changes.filter((change) => change.kind === source.kind).map((change) => change.key));
        if (keys.size > 0) await this.compare(sql, source, keys, difference);
      }
      await sql('delete from snapshot_change where id = any($1)', [changes.map((change) => change.id)]);
      if (difference.upserts.length + difference.removals.length === 0) return undefined;
      const { hash, size } = this.picture;
      return { version: await this.nameVersion(sql, hash, undefined), hash, count: size, ...difference };
    });
  }

  private async compare(sql: Sql, source: ResourceSource, keys: Set<string>, difference: Difference): Promise<void> {
    for (const body of await source.some(sql, [...keys])) {
      const present = resource(source, body);
      keys.delete(body.key);
      if (this.picture.put(present)) difference.upserts.push(present);
    }
    for (const key of keys) {
      const gone = `${source.kind}:${key}`;
      if (this.picture.remove(gone)) difference.removals.push(gone);
    }
  }

  private async nameVersion(sql: Sql, hash: string, floor: { version: number; hash: string } | undefined): Promise<number> {
    const least = floor === undefined ? 0 : floor.version + (floor.hash === hash ? 0 : 1);
    const [row] = await sql<{ version: number }>(`
      insert into snapshot_state (id, version, hash) values (1, greatest(1, $2::int), $1)
      on conflict (id) do update set hash = $1, version = greatest($2, snapshot_state.version + (snapshot_state.hash <> $1)::int)
      returning version`, [hash, least]);
    return row!.version;
  }
}

async function inOneMoment<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  await sql('begin isolation level repeatable read');
  try {
    const result = await work();
    await sql('commit');
    return result;
  } catch (error) {
    await sql('rollback').catch(() => {});               // the connection itself may be what failed
    throw error;
  }
}
