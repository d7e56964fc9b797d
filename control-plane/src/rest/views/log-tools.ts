/** What tools of the provider added to a charge, in the words of the compatible log (semantics 10.2). */
import type { Node } from '../view.ts';

/** US dollars for a thousand calls. */
function perThousand({ quotaPerUnit, groupRatio }: Node, { tokens, subtotal }: Node): number {
  const paid = Number(quotaPerUnit) * Number(groupRatio) * tokens;
  return paid > 0 ? Math.round((Number(subtotal) / paid) * 1e9) / 1e6 : 0;
}

export function toolsOf(pricing: Node): Record<string, unknown> {
  const find = (name: RegExp): Node | undefined => pricing.lines.find((line: Node) => name.test(line.name));
  const search = find(/^(?:web_search|google_search|live_search)/), files = find(/^file_search$/), picture = find(/^image_generation_/);
  return {
    ...(search && { web_search: true, web_search_call_count: search.tokens, web_search_price: perThousand(pricing, search) }),
    ...(files && { file_search: true, file_search_call_count: files.tokens, file_search_price: perThousand(pricing, files) }),
    ...(picture && { image_generation_call: true, image_generation_call_price: perThousand(pricing, picture) / 1_000 }),
  };
}

/** Sound with a price of its own in dollars; the name of the first member is misspelled in what others import. */
export function audioApart(pricing: Node): Record<string, unknown> {
  const line = pricing.lines.find(({ name }: Node) => name === 'input_audio_price');
  return line ? { audio_input_seperate_price: true, audio_input_token_count: line.tokens, audio_input_price: Math.round(perThousand(pricing, line) * 1e9) / 1e6 } : {};
}
