import type { RelayChannel, RelayHead } from '../gql/types.gen.ts';
import { type Held, type Indexes, noIndexes, Picture } from './picture.ts';
import { readResource } from './resource.ts';
import type { SecretBox } from './secret-box.ts';
import { hashText, resourceDigest } from './set-hash.ts';
import type { Channel } from './snapshot.ts';
import { readExtra } from './channel-extra.ts';

/** Caps of one picture (CFG-05). */
const mostBytes = 64 * 1_048_576, mostResources = 1_000_000;

/** The next picture in the making, from nothing or from the one before. It may be dropped at any step. */
export class PictureDraft {
  private readonly box: SecretBox;
  private readonly held; private readonly tokens; private readonly users; private readonly groups;
  private readonly prices; private readonly channels; private readonly routes;
  private sum: bigint;
  private bytes: number;

  constructor(box: SecretBox, before: Indexes = noIndexes) {
    this.box = box;
    this.held = before.held.edit();
    this.tokens = before.tokens.edit();
    this.users = before.users.edit();
    this.groups = before.groups.edit();
    this.prices = before.prices.edit();
    this.channels = before.channels.edit();
    this.routes = before.routes.edit();
    this.sum = before.sum;
    this.bytes = before.bytes;
  }

  /** Takes a resource out. Everything that a change replaces goes out before anything new comes in. */
  remove(key: string): void {
    const old = this.held.get(key);
    if (!old) return;
    this.held.delete(key);
    this.sum -= old.digest;
    this.bytes -= sizeOf(key, old.body);
    switch (old.kind) {
      case 'channel': this.channels.delete(old.value.id); this.routes.remove(old.value); break;
      case 'token': this.tokens.delete(old.value.keyHash); break;
      case 'user': this.users.delete(old.value.id); break;
      case 'group': this.groups.delete(old.value.name); break;
      case 'price': this.prices.delete(old.value.model); break;
      case 'settings': break;
    }
  }

  /** Counts a resource that will come in towards the hash. Gives its digest for `add`. */
  weigh(key: string, body: string): bigint {
    const digest = resourceDigest(key, body);
    this.sum += digest;
    return digest;
  }

  /** Whether everything weighed is what the head stands for: then it is authentic, and what is wrong with it was published so. */
  hasHashOf(head: RelayHead): boolean {
    return hashText(this.sum) === head.hash;
  }

  /** Puts a weighed resource in; a sentence when it cannot be. */
  add(key: string, body: string, digest: bigint): string | undefined {
    if (this.held.get(key)) return `${key}: is there twice`;
    if (this.held.size >= mostResources) return `there are more than ${mostResources} resources`;
    this.bytes += sizeOf(key, body);
    if (this.bytes > mostBytes) return `the resources are larger than ${mostBytes} bytes`;
    const resource = readResource(key, body);
    if (typeof resource === 'string') return resource;
    if (resource.kind !== 'channel') return this.index({ ...resource, key, body, digest });
    const channel = this.open(resource.value);
    return typeof channel === 'string' ? channel : this.index({ kind: 'channel', value: channel, key, body, digest });
  }

  /** The finished picture, or what it lacks. */
  finish(head: RelayHead): Picture | string {
    const settings = this.held.get('settings:site');
    if (settings?.kind !== 'settings') return 'there are no settings';
    return new Picture(head, settings.value, {
      held: this.held.finish(), tokens: this.tokens.finish(), users: this.users.finish(), groups: this.groups.finish(),
      prices: this.prices.finish(), channels: this.channels.finish(), routes: this.routes.finish(),
      sum: BigInt.asUintN(256, this.sum), bytes: this.bytes,
    });
  }

  private index(held: Held): string | undefined {
    this.held.set(held.key, held);
    switch (held.kind) {
      case 'channel': this.channels.set(held.value.id, held.value); this.routes.add(held.value); break;
      case 'token':
        if (this.tokens.get(held.value.keyHash)) return `${held.key}: another token has the same key`;
        this.tokens.set(held.value.keyHash, held.value);
        break;
      case 'user': this.users.set(held.value.id, held.value); break;
      case 'group': this.groups.set(held.value.name, held.value); break;
      case 'price': this.prices.set(held.value.model, held.value); break;
      case 'settings': break;
    }
    return undefined;
  }

  private open(channel: RelayChannel): Channel | string {
    const credentials: Channel['credentials'][number][] = [];
    for (const { id, envelope, place } of channel.credentials) {
      const secret = this.box.open(envelope, { table: 'channel_credential', row: id, column: 'secret' });
      if (secret === undefined) return `channel:${channel.id}: credential ${id} does not open with this master key`;
      credentials.push(place == null ? { id, secret } : { id, secret, place });
    }
    const modelMapping = new Map(channel.modelMapping.map(({ from, to }) => [from, to]));
    const proxy = this.proxyOf(channel);
    if (proxy === undefined) return `channel:${channel.id}: its proxy does not open with this master key`;
    return { ...channel, ...(proxy ? { proxy } : {}), models: [...new Set(channel.models)], credentials, modelMapping, extra: readExtra(channel.extra) };
  }

  /** Empty: none. Undefined: it cannot be opened. */
  private proxyOf({ id, rules }: RelayChannel): string | undefined {
    return rules?.proxyEnvelope ? this.box.open(rules.proxyEnvelope, { table: 'channel', row: id, column: 'proxy' }) : '';
  }
}

const sizeOf = (key: string, body: string): number => Buffer.byteLength(key) + Buffer.byteLength(body);
