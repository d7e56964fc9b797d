/** The stored credentials of a channel: sealed when written, opened only to tell whether one is there already. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import type { SecretBox, SecretPlace } from '../../../kernel/secret-box.ts';
import { type Channel, ChannelStatus } from '../channel.entity.ts';
import { openProxy } from '../proxy/channel-proxy.ts';
import { ChannelCredential } from './channel-credential.entity.ts';

export const secretPlace = (row: number): SecretPlace => ({ table: 'channel_credential', row, column: 'secret' });

/** A credential is one line; a JSON text (such as a service account) stays whole. Order is kept, repeats are dropped. */
export function splitCredentials(keys: readonly string[]): string[] {
  const lines = keys.flatMap((key) => (key.trim().startsWith('{') ? [key.trim()] : key.split(/\r?\n/).map((line) => line.trim())));
  return [...new Set(lines.filter(Boolean))];
}

/** Enough to recognise a key, never more than a third of it. */
export function mask(secret: string): string {
  const shown = Math.min(4, Math.floor(secret.length / 6));
  return shown ? `${secret.slice(0, shown)}…${secret.slice(-shown)}` : '…';
}

const previewLength = 10;

/** What operators of compatible consoles know a key by (management-api 8). */
export const preview = (secret: string): string => (secret.length > previewLength ? `${secret.slice(0, previewLength)}...` : mask(secret));

export interface Load { count: number; bytes: number }

/** Relays refuse a picture with a resource over 1 MiB, so all envelopes of a channel together stay below half of that. */
const largest: Load = { count: 500, bytes: 450_000 };

/** An envelope is base64 of the secret, a nonce and a tag, beside the wrapped data key and what JSON puts around it. */
const envelopeBytes = (secret: string): number => 180 + Math.ceil(((Buffer.byteLength(secret) + 28) * 4) / 3);

/** Whether a channel can hold these secrets beside what it holds already. */
export function fits(secrets: readonly string[], present: Load): boolean {
  const bytes = secrets.reduce((sum, secret) => sum + envelopeBytes(secret), present.bytes);
  return present.count + secrets.length <= largest.count && bytes <= largest.bytes;
}

export class Credentials {
  constructor(private readonly box: SecretBox) {}

  /** Flushes: a secret is bound to the id of its row, so the row must be there before it can be sealed. */
  async add(em: EntityManager, channelId: number, secrets: readonly string[], createdAt: Date, firstPosition = 0): Promise<void> {
    const rows = secrets.map((secret, index) =>
      em.create(ChannelCredential, { channelId, position: firstPosition + index, masked: mask(secret), digest: this.box.digest(secret), createdAt }));
    await em.persist(rows).flush();
    rows.forEach((row, index) => { row.secret = this.box.seal(secrets[index]!, secretPlace(row.id)); });
    await em.flush();
  }

  async replace(em: EntityManager, channelId: number, secrets: readonly string[], createdAt: Date): Promise<void> {
    await em.nativeDelete(ChannelCredential, { channelId });
    await this.add(em, channelId, secrets, createdAt);
  }

  async loadOf(em: EntityManager, channelId: number): Promise<Load> {
    const [load] = await sqlOf(em)<Load>('select count(*)::int as count, coalesce(sum(length(secret)), 0)::int as bytes from channel_credential where channel_id = $1', [channelId]);
    return load!;
  }

  /** The secret of the first one that is on, to be sealed for a relay at once and shown to nobody. */
  async first(em: EntityManager, channelId: number): Promise<string | undefined> {
    const [row] = await em.find(ChannelCredential, { channelId, status: ChannelStatus.ENABLED }, { orderBy: { position: 'asc', id: 'asc' }, limit: 1 });
    return row && this.box.open(row.secret, secretPlace(row.id));
  }

  previewOf({ id, secret }: ChannelCredential): string { return preview(this.box.open(secret, secretPlace(id))); }

  /** The way to its provider, where it has one of its own. */
  proxyOf(channel: Channel): string | undefined { return openProxy(this.box, channel); }

  /** Adds those that the channel does not hold. */
  async append(em: EntityManager, channelId: number, secrets: readonly string[], createdAt: Date): Promise<void> {
    const present = await em.find(ChannelCredential, { channelId }, { orderBy: { position: 'asc' } });
    const known = new Set(present.map((row) => this.box.open(row.secret, secretPlace(row.id))));
    const next = (present.at(-1)?.position ?? -1) + 1;
    await this.add(em, channelId, secrets.filter((secret) => !known.has(secret)), createdAt, next);
  }

  /** Gives another channel the same secrets, with their status. */
  async copy(em: EntityManager, fromChannel: number, toChannel: number, createdAt: Date): Promise<void> {
    const present = await em.find(ChannelCredential, { channelId: fromChannel }, { orderBy: { position: 'asc', id: 'asc' } });
    const rows = present.map(({ position, masked, digest, status, statusReason, statusChangedAt }) =>
      em.create(ChannelCredential, { channelId: toChannel, position, masked, digest, status, statusReason, statusChangedAt, createdAt }));
    await em.persist(rows).flush();
    rows.forEach((row, index) => { row.secret = this.box.seal(this.box.open(present[index]!.secret, secretPlace(present[index]!.id)), secretPlace(row.id)); });
    await em.flush();
  }
}
