/** What a picture costs of the list price of its model (semantics 1.7), and whether its size can be one. */
import type { CallUnits } from '../dialects/metering/call-units.ts';
import type { RequestMembers } from '../dialects/request/request-members.ts';

const one = 1_000_000;
/** DALL·E; every other model has one price, or is priced by tokens. */
const sizes: Readonly<Record<string, number>> = { '256x256': 400_000, '512x512': 450_000, '1024x1024': one, '1024x1792': 2 * one, '1792x1024': 2 * one };

/** Relay-api 7. */
const mostPictures = 10;

/** The members that these functions look at. */
export const imageMembers = ['n', 'size', 'quality'] as const;

export function imageUnits(found: RequestMembers, model: string): CallUnits {
  const count = found.factor('n', mostPictures);
  const size = found.value('size'), quality = found.value('quality');
  return { count, ratio: model.startsWith('dall-e') ? Math.round(sizeRatio(size) * qualityRatio(model, size, quality)) : one };
}

const sizeRatio = (size: unknown): number => (typeof size === 'string' ? sizes[size] : undefined) ?? one;

function qualityRatio(model: string, size: unknown, quality: unknown): number {
  if (quality !== 'hd' || model !== 'dall-e-3') return 1;
  return size === '1024x1792' || size === '1792x1024' ? 1.5 : 2;
}

/** People copy sizes from web pages: the sign of multiplication is no letter. */
export function checkPicture(found: RequestMembers): void {
  const size = found.value('size');
  if (typeof size === 'string' && size.includes('×')) found.refuse('size', 'must be written with the letter x, as in 1024x1024', undefined);
}

/** Model tokens that a hold assumes for a picture (semantics 1.5). */
export const imageEstimate = (): number => 1_584;
