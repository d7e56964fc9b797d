/** The models that a provider lists: of a saved channel, or of an account that is not saved yet. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../../kernel/context.ts';
import { notFound, Refusals } from '../../../kernel/words/refusal.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { PlainError, UserErrorCode } from '../../../kernel/words/user-error.ts';
import type { ProviderAccount } from '../../relay-link/channel-probes.ts';
import { ProviderQuestion } from '../../relay-link/wire/inquiry.ts';
import { accountOf } from '../channel-account.ts';
import { Channel } from '../channel.entity.ts';
import { isForbidden, readBaseUrl } from '../check/base-url.ts';
import { surroundingsOf } from '../check/surroundings.ts';
import { splitCredentials, type Credentials } from '../credential/credentials.ts';
import { ModelFetchPayload, type ModelFetchInput } from './model-fetch.types.ts';
import { refused, type ProviderQuestions } from './provider-questions.ts';
import { diffOf } from './upstream-diff.ts';
import { UpstreamModels } from './upstream-models.entity.ts';

const failed = (...errors: PlainError[]): ModelFetchPayload => new ModelFetchPayload([], undefined, errors);

export interface FetchRoom {
  questions: ProviderQuestions;
  credentials: Credentials;
  /** Private ranges that the configuration allows. */
  upstreamAllow: readonly string[];
}

/** Asks, and keeps what was told for the channel's difference. */
export async function detectModels(em: EntityManager, channel: Channel, ctx: Pick<RequestContext, 'clock' | 'language'>, room: FetchRoom): Promise<UpstreamModels | PlainError> {
  const account = await accountOf(em, channel, room.credentials);
  if (!account) return refused(ctx.language, 'channel_no_credential');
  const answer = await room.questions.ask(ctx.language, ProviderQuestion.MODELS, account);
  if (answer instanceof PlainError) return answer;
  const told = { channelId: channel.id, models: [...new Set(answer.models)], detectedAt: ctx.clock.now() };
  return em.upsert(UpstreamModels, told, { onConflictMergeFields: ['models', 'detectedAt'] });
}

export class ModelFetchService {
  constructor(private readonly room: FetchRoom) {}

  async fetch(ctx: RequestContext, input: ModelFetchInput): Promise<ModelFetchPayload> {
    return input.channelId == null ? this.ofAccount(ctx, input) : this.ofChannel(ctx, input.channelId);
  }

  private async ofChannel(ctx: RequestContext, id: string): Promise<ModelFetchPayload> {
    const channel = await ctx.em.findOne(Channel, { id: readId('channel', id) });
    if (!channel) return failed(notFound(ctx));
    const found = await detectModels(ctx.em, channel, ctx, this.room);
    return found instanceof PlainError ? failed(found) : new ModelFetchPayload(found.models, diffOf(channel, found));
  }

  private async ofAccount(ctx: RequestContext, input: ModelFetchInput): Promise<ModelFetchPayload> {
    const account = await this.readAccount(ctx, input);
    if (account instanceof Refusals) return new ModelFetchPayload([], undefined, account.list);
    const answer = await this.room.questions.ask(ctx.language, ProviderQuestion.MODELS, account);
    return answer instanceof PlainError ? failed(answer) : new ModelFetchPayload([...new Set(answer.models)]);
  }

  private async readAccount(ctx: RequestContext, { type, baseUrl, credential }: ModelFetchInput): Promise<ProviderAccount | Refusals> {
    const faults = new Refusals(ctx), { types, privateRanges } = await surroundingsOf(ctx.em, this.room.upstreamAllow);
    const [secret] = splitCredentials([credential ?? '']), address = baseUrl?.trim() ? readBaseUrl(baseUrl) : null;
    faults.unless(type != null && (types.size === 0 || types.has(type)), 'channel_type_unknown', ['input', 'type']);
    faults.unless(Boolean(secret), 'channel_key_required', ['input', 'credential'], UserErrorCode.REQUIRED);
    faults.unless(address !== undefined, 'base_url_malformed', ['input', 'baseUrl']);
    faults.unless(!address || !isForbidden(address, privateRanges), 'base_url_private', ['input', 'baseUrl'], UserErrorCode.NOT_ALLOWED);
    if (faults.any) return faults;
    return { type: type!, baseUrl: address ?? null, secret: secret!, extra: { other: '', organization: '', settings: '' } };
  }
}
