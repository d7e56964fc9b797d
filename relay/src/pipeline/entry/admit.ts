import { Failure } from '../../failure/failure.ts';
import type { RelayPrice } from '../../gql/types.gen.ts';
import { withoutSuffix } from '../../providers/parts/model-suffixes.ts';
import { fixPrice, freezePrice, holdFor, isFree, selfUsePrice } from '../../quota/price.ts';
import type { Admission, NotedRequest, PriceBasis } from '../../quota/reservation.ts';
import { dearestRatio } from '../../quota/served-group.ts';
import { normalisedModel } from '../../routing/model-name.ts';
import type { Stage } from '../../routing/stages.ts';
import type { Understood } from '../admitted.ts';

/**
 * Fixes what this exchange may cost: price, estimate, hold. Failures: `model_price_error`, and those of `holdFor`.
 * The model is priced under the name that the client used, whatever a channel makes of it.
 */
export function admit(understood: Understood, stages: readonly Stage[]): Admission | Failure {
  const { request, caller, snapshot } = understood;
  const { settings } = snapshot;
  const { model, maxOutputTokens, noOutput, units, priceNames, estimatedInput: known } = request.facts;
  const listed = priceNames?.map((name) => snapshot.price(name)).find((each) => each !== undefined);
  const price = listed ?? silentPrice(understood) ?? snapshot.price(model) ?? snapshot.price(normalisedModel(model)) ?? snapshot.price(withoutSuffix(model, snapshot.models) ?? model) ?? (settings.selfUse || caller.user.acceptsUnpriced ? selfUsePrice(model) : undefined);
  if (!price) return new Failure('model_price_error', { say: `The model ${model.slice(0, 128)} has no price. ${caller.user.role < administrator ? 'Ask the operator to set one.' : 'Set one among the prices (ModelRatio or ModelPrice), or switch self-use mode on.'}`, param: 'model' });
  const estimatedInput = known ?? request.dialect.estimateInput(request.body);
  const basis = price.mode === 'TIERED' ? tiered(price, understood, { input: estimatedInput, output: (!noOutput && maxOutputTokens) || 0 }) : freezePrice(price, caller.group.ratio, settings.quotaPerUnit);
  if (basis instanceof Failure) return basis;
  const dearest = stages.length > 1 ? { ...basis, groupRatio: dearestRatio(stages.map((stage) => stage.group)) } : basis;
  const hold = holdFor(dearest, estimatedInput, noOutput ? undefined : maxOutputTokens, settings, units);
  if (hold instanceof Failure) return hold;
  const { chargeId, startedAt, userId, tokenId, group, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion } = identity(understood);
  // Written out: spreading eleven members costs more than the price.
  return {
    chargeId, startedAt, userId, tokenId, tokenUnlimited: caller.token.unlimited, group, model, dialect, path, stream, clientAddress, clientRequestId,
    snapshotVersion, price: basis, estimatedInput, hold, ...(units ? { units } : {}), ...(!settings.freeNeedsBalance && hold === 0 && isFree(dearest) ? unasked : {}),
  };
}

/** The least role that may set prices. */
const administrator = 10;
const unasked = { unasked: true } as const;

const noThoughts = /"thinking_?[bB]udget"\s*:\s*0\s*[,}]/;

/** A request of gemini that switches thinking off costs what the model without it costs, where that has a price (semantics 4.2). */
function silentPrice({ request, snapshot }: Understood): RelayPrice | undefined {
  if (!snapshot.models.gemini.thinking || request.dialect.name !== 'gemini') return undefined;
  const price = snapshot.price(`${request.facts.model}-nothinking`);
  return price && noThoughts.test(request.body.toString('latin1')) ? price : undefined;
}

function tiered(price: RelayPrice, { exchange, request, caller, snapshot }: Understood, estimate: { input: number; output: number }): PriceBasis | Failure {
  const terms = { groupRatio: caller.group.ratio, quotaPerUnit: snapshot.settings.quotaPerUnit };
  return fixPrice(price, terms, { startedAt: exchange.startedAt, body: request.body, headers: exchange.headers.all }, estimate);
}

/** Who asked for what: the part of an admission that is known without a price. */
export function identity({ exchange, request, caller, snapshot }: Understood): NotedRequest {
  return {
    chargeId: exchange.id,
    startedAt: exchange.startedAt,
    userId: caller.user.id,
    tokenId: caller.token.id,
    group: caller.group.name,
    model: request.facts.model,
    dialect: request.dialect.name,
    path: exchange.path,
    stream: request.facts.stream,
    clientAddress: exchange.clientAddress,
    clientRequestId: exchange.headers.clientRequestId.slice(0, 128) || null,
    snapshotVersion: snapshot.version,
  };
}
