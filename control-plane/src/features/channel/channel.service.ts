/** Channels: create, change, delete. Every write marks the relays' picture in its own transaction. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { orDryRun } from '../../database/in-transaction.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { notFound, refusal, staleVersion } from '../../kernel/words/refusal.ts';
import { readId, typedId } from '../../kernel/typed-id.ts';
import { DeletePayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { changesProxy, proxyIn, type ChannelProxy } from './proxy/channel-proxy.ts';
import { addressOf, applyPatch } from './apply-patch.ts';
import { Channel } from './channel.entity.ts';
import { ChannelCreateInput, ChannelCreateMode, type ChannelPatch } from './channel.inputs.ts';
import type { ChannelCreatePayload, ChannelPayload } from './channel.payloads.ts';
import { checkChannel } from './check/check-channel.ts';
import { fits, splitCredentials, type Credentials, type Load } from './credential/credentials.ts';
import { surroundingsOf } from './check/surroundings.ts';

const nothing: Load = { count: 0, bytes: 0 };

/** Channels made in one go, told apart by the beginning of their credentials where the caller wants that. */
const namedFor = (input: ChannelCreateInput, [first = '']: readonly string[]): ChannelCreateInput =>
  (input.keyInName && input.mode === ChannelCreateMode.BATCH ? Object.assign(new ChannelCreateInput(), input, { name: `${input.name} ${first.slice(0, 8)}` }) : input);

export class ChannelService {
  constructor(private readonly credentials: Credentials, private readonly proxy: ChannelProxy, private readonly upstreamAllow: readonly string[], private readonly own: readonly string[] = []) {}

  async create(ctx: RequestContext, input: ChannelCreateInput): Promise<ChannelCreatePayload> {
    const required = { name: input.name ?? null, type: input.type ?? null, models: input.models ?? [], groups: input.groups ?? ['default'] };
    const given = Object.assign(new ChannelCreateInput(), input, required);
    const secrets = splitCredentials(given.credentials ?? []);
    const userErrors = [...checkChannel(ctx, given, await surroundingsOf(ctx.em, this.upstreamAllow, this.own)), ...this.checkCredentials(ctx, secrets), ...this.checkPresent(ctx, secrets)];
    if (userErrors.length) return { channels: [], userErrors };
    const parts = given.mode === ChannelCreateMode.BATCH ? secrets.map((secret) => [secret]) : [secrets];
    const channels = await ctx.em.transactional(async (em) => {
      const created: Channel[] = [];
      for (const part of parts) created.push(await this.insert(ctx, em, namedFor(given, part), part));
      return created;
    });
    return { channels, userErrors: [] };
  }

  /** Refuses when someone else changed the channel since `expectedVersion`. */
  async update(ctx: RequestContext, id: string, patch: ChannelPatch, expectedVersion?: bigint | null): Promise<ChannelPayload> {
    const around = await surroundingsOf(ctx.em, this.upstreamAllow, this.own);
    return ctx.em.transactional(async (em) => {
      const channel = await em.findOne(Channel, { id: readId('channel', id) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!channel) return { channel: null, userErrors: [notFound(ctx)] };
      const stale = staleVersion(ctx, channel.version, expectedVersion, channel);
      if (stale) return { channel: null, userErrors: [stale] };
      const userErrors = [...checkChannel(ctx, patch, around), ...this.checkCredentials(ctx, splitCredentials([...(patch.credentials ?? []), ...(patch.appendCredentials ?? [])]), await this.presentLoad(em, channel.id, patch))];
      if (!userErrors.length) userErrors.push(...this.checkSecretStays(ctx, channel, patch));
      if (userErrors.length) return { channel: null, userErrors };
      const before = proxyIn(channel.extras.setting);
      applyPatch(channel, patch, ctx.clock.now());
      this.proxy.seal(channel, before);
      channel.version += 1;
      await this.writeKeys(ctx, em, channel, patch);
      touch(em, 'channel', channel.id);
      await em.flush();
      return { channel, userErrors: [] };
    });
  }

  async delete(ctx: RequestContext, id: string, dryRun = false): Promise<DeletePayload> {
    const row = readId('channel', id);
    return orDryRun(ctx.em, dryRun, async (em) => {
      if (!await em.nativeDelete(Channel, { id: row })) return new DeletePayload(null, [notFound(ctx)]);
      touch(em, 'channel', row);
      await em.flush();
      return new DeletePayload(typedId('channel', row));
    });
  }

  private async insert(ctx: RequestContext, em: EntityManager, input: ChannelCreateInput, secrets: readonly string[]): Promise<Channel> {
    const createdAt = ctx.clock.now();
    const channel = em.create(Channel, { name: '', type: 0, models: [], groups: [], createdAt });
    applyPatch(channel, input, createdAt);
    await em.persist(channel).flush();
    this.proxy.seal(channel, '');
    await this.credentials.add(em, channel.id, secrets, createdAt);
    channel.multiKey = secrets.length > 1 || input.mode === ChannelCreateMode.MULTI_TO_SINGLE;
    touch(em, 'channel', channel.id);
    await em.flush();
    return channel;
  }

  private async writeKeys(ctx: RequestContext, em: EntityManager, channel: Channel, patch: ChannelPatch): Promise<void> {
    const { id } = channel, now = ctx.clock.now(), replaced = splitCredentials(patch.credentials ?? []), added = splitCredentials(patch.appendCredentials ?? []);
    if (replaced.length) await this.credentials.replace(em, id, replaced, now);
    if (added.length) await this.credentials.append(em, id, added, now);
    if (replaced.length + added.length > 0 && (await this.credentials.loadOf(em, id)).count > 1) channel.multiKey = true;
  }

  private checkPresent(ctx: RequestContext, secrets: readonly string[]): UserError[] {
    return secrets.length ? [] : [refusal(ctx, UserErrorCode.REQUIRED, 'channel_key_required', ['input', 'credentials'])];
  }

  private checkCredentials(ctx: RequestContext, secrets: readonly string[], present: Load = nothing): UserError[] {
    return fits(secrets, present) ? [] : [refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['input', 'credentials'])];
  }

  /** What stays when the patch adds to it; nothing when it replaces. */
  private presentLoad(em: EntityManager, id: number, patch: ChannelPatch): Promise<Load> {
    const adds = splitCredentials(patch.appendCredentials ?? []).length > 0, replaces = splitCredentials(patch.credentials ?? []).length > 0;
    return adds && !replaces ? this.credentials.loadOf(em, id) : Promise.resolve(nothing);
  }

  /** A stored secret never goes to another host than the one it was entered for (SEC-06). */
  private checkSecretStays(ctx: RequestContext, channel: Channel, patch: ChannelPatch): UserError[] {
    const address = addressOf(patch);
    const moved = (address !== undefined && address !== (channel.baseUrl ?? null)) || (patch.type != null && patch.type !== channel.type)
      || changesProxy(channel, patch.extras?.setting);
    if (!moved || splitCredentials(patch.credentials ?? []).length) return [];
    return [refusal(ctx, UserErrorCode.REQUIRED, 'channel_key_again', ['input', 'credentials'])];
  }
}
