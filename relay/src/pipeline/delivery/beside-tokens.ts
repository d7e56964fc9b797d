/** What an answer used beside its tokens, at the prices of the picture that admitted it. */
import type { AnswerReport } from '../../dialects/dialect.ts';
import { pricedAdvice } from '../../quota/advice-lines.ts';
import type { Admission, UsedSoFar } from '../../quota/reservation.ts';
import { pricedTools } from '../../quota/tool-lines.ts';
import { normalisedModel } from '../../routing/model-name.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

export function besideTokens(report: AnswerReport | undefined, { model, price }: Pick<Admission, 'model' | 'price'>, snapshot: Snapshot): Omit<UsedSoFar, 'tokens'> {
  const tools = pricedTools(model, report?.tools, snapshot.models.toolPrices), made = report?.made;
  const advice = report?.advice && pricedAdvice(report.advice, (name) => snapshot.price(name) ?? snapshot.price(normalisedModel(name)), price);
  return { ...(tools ? { tools } : {}), ...(made === undefined ? {} : { made }), ...(advice ? { advice } : {}) };
}
