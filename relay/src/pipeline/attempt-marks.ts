/** What was done to a request on its way to one channel, as the log tells it (semantics 10.2). */
import { isDialect } from '../dialects/dialect.ts';
import type { UsageAttempt } from '../gql/types.gen.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import { BodyDraft } from '../routing/rules/body-draft.ts';
import { rulesOf } from '../routing/rules/channel-rules.ts';
import { hasSystemPrompt } from '../routing/rules/system-prompt.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import { suffixedModel } from './attempt/model-way.ts';
import type { Received } from './entry/received.ts';
import { mappedModel } from '../routing/model-mapping.ts';
import { Failure } from '../failure/failure.ts';

export type AttemptMarks = Pick<UsageAttempt, 'effort' | 'overridden' | 'promptOverwritten'>;

/** @param upstreamModel where it differs from what was asked, the name may have said an effort. Undefined: nothing was done, as nearly always */
export function attemptMarks({ dialect, facts, body }: Received, channel: Channel, upstreamModel: string | undefined, models: ModelSettings): AttemptMarks | undefined {
  const effort = facts.effort ?? (upstreamModel === undefined || upstreamModel === facts.model ? undefined : effortInName(facts.model, channel, models));
  const rules = channel.rules ? rulesOf(channel) : undefined;
  if (effort === undefined && !rules) return undefined;
  const draft = rules?.systemPrompt?.override && isDialect(dialect) ? BodyDraft.of(body) : undefined;
  return {
    ...(effort === undefined ? {} : { effort: effort.slice(0, 20) }), ...(rules?.params && rules.params !== 'invalid' && !rules.passBody ? { overridden: true } : {}),
    ...(draft && hasSystemPrompt(draft, dialect.name) ? { promptOverwritten: true } : {}),
  };
}

function effortInName(asked: string, channel: Channel, models: ModelSettings): string | undefined {
  const mapped = mappedModel(asked, channel.modelMapping);
  return mapped instanceof Failure ? undefined : suffixedModel({ asked, mapped }, channel, models)?.reasoning.effort;
}
