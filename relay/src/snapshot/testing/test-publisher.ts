/** For tests: publishes pictures as docs/decisions/0002-relay-link.md says, and misbehaves when asked to. */
import type { Redis } from 'ioredis';
import type { RelayDelta, RelayHead } from '../../gql/types.gen.ts';
import type { MessageSeal } from '../../link/message-seal.ts';
import { headText, knownSchema } from '../head.ts';
import { hashText, resourceDigest } from '../set-hash.ts';

export interface Edit { upserts?: readonly (readonly [string, unknown])[]; removals?: readonly string[] }

const textOf = (body: unknown): string => typeof body === 'string' ? body : JSON.stringify(body);

export class TestPublisher {
  readonly resources = new Map<string, string>();
  version: number;
  private readonly redis: Redis;
  private readonly seal: MessageSeal;

  constructor(redis: Redis, seal: MessageSeal, version = 0) {
    this.redis = redis;
    this.seal = seal;
    this.version = version;
  }

  head(change: Partial<RelayHead> = {}): RelayHead {
    let sum = 0n;
    for (const [key, body] of this.resources) sum += resourceDigest(key, body);
    const open = { schema: knownSchema, version: this.version, hash: hashText(sum), publishedAt: Date.now(), ...change };
    return { ...open, mac: change.mac ?? this.seal.mac(headText(open)) };
  }

  /** Changes the picture in Redis; gives the delta that has yet to be told. */
  async write(edit: Edit): Promise<RelayDelta> {
    const base = this.version++, upserts = (edit.upserts ?? []).map(([key, body]) => ({ key, body: textOf(body) }));
    for (const { key, body } of upserts) this.resources.set(key, body);
    for (const key of edit.removals ?? []) this.resources.delete(key);
    const head = this.head(), multi = this.redis.multi().set('weir:snapshot:head', JSON.stringify(head));
    if (upserts.length) multi.hset('weir:snapshot:resources', ...upserts.flatMap(({ key, body }) => [key, body]));
    if (edit.removals?.length) multi.hdel('weir:snapshot:resources', ...edit.removals);
    await multi.exec();
    return { head, base, upserts, removals: [...edit.removals ?? []] };
  }

  async tell(delta: RelayDelta): Promise<void> {
    await this.redis.publish('weir:snapshot', this.seal.pack('weir:snapshot', JSON.stringify(delta)));
  }

  async publish(edit: Edit): Promise<RelayDelta> {
    const delta = await this.write(edit);
    await this.tell(delta);
    return delta;
  }

  async heartbeat(): Promise<void> {
    const head = await this.redis.get('weir:snapshot:head');
    if (head) await this.tell({ head: JSON.parse(head) as RelayHead, base: null, upserts: [], removals: [] });
  }

  /** Writes everything again, as after Redis was wiped. */
  async restore(): Promise<void> {
    await this.redis.multi().del('weir:snapshot:resources').hset('weir:snapshot:resources', Object.fromEntries(this.resources))
      .set('weir:snapshot:head', JSON.stringify(this.head())).exec();
  }
}
