import { expect, it } from 'vitest';
import { amountFrom } from './amount.ts';
import { chargeOf } from './charge.ts';
import { freezePrice, selfUsePrice } from './price.ts';
import type { RelayPrice } from '../gql/types.gen.ts';
import { admission, used } from './testing/exchange.ts';

const flash: RelayPrice = { ...selfUsePrice('gemini-2.5-flash'), modelRatio: 150_000, completionRatio: 8_000_000 };
it.each<{ name: string; price: RelayPrice; model: string; line: string; amount: number }>([
  { name: 'a dollar for a million tokens', price: flash, model: 'gemini-2.5-flash', line: 'input_audio_price', amount: 500_000 + 150_000 },
  { name: 'half a dollar of the light one', price: flash, model: 'gemini-2.5-flash-lite-preview-06-17', line: 'input_audio_price', amount: 250_000 + 150_000 },
  { name: 'three dollars of the one that speaks', price: flash, model: 'gemini-2.5-flash-preview-native-audio-dialog', line: 'input_audio_price', amount: 1_500_000 + 150_000 },
  { name: 'seventy cents of the one before', price: flash, model: 'gemini-2.0-flash', line: 'input_audio_price', amount: 350_000 + 150_000 },
  { name: 'what the operator says', price: { ...flash, audioRatio: 2_000_000 }, model: 'gemini-2.5-flash', line: 'input_audio', amount: 300_000 + 150_000 },
  { name: 'the price of text of other models', price: flash, model: 'gemini-2.5-pro', line: 'input_audio', amount: 150_000 + 150_000 },
])('sound costs $name', ({ price, model, line, amount }) => {
  const charge = chargeOf(admission('c', 0, { price: freezePrice(price, 1_000_000, 500_000), model }), used({ input: 2_000_000, inputAudio: 1_000_000 }));
  expect(charge.frozen.lines.map(({ name }) => name)).toEqual([line, 'input']);
  expect(Math.abs(charge.amount - amount)).toBeLessThanOrEqual(1);
  expect(amountFrom(charge.frozen)).toBe(BigInt(charge.amount));
});

it('sound of a free model is free', () => {
  expect(chargeOf(admission('c', 0, { price: freezePrice({ ...flash, modelRatio: 0 }, 1_000_000, 500_000), model: 'gemini-2.5-flash' }), used({ input: 10, inputAudio: 10 })).amount).toBe(0);
});
