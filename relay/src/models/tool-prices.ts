/** What tools cost that a provider runs (semantics 1.6). */
import type { RelayToolPrice } from '../gql/types.gen.ts';

interface Entry { readonly name: string; readonly price: number }

/** US dollars for a thousand calls, in millionths. Pictures have a table of their own, which no operator changes. */
const usual: readonly Entry[] = [
  ['web_search', 10], ['web_search_preview', 10], ['web_search_preview:gpt-4o*', 25], ['web_search_preview:gpt-4.1*', 25], ['file_search', 2.5], ['google_search', 14],
  ['image_generation_low', 11], ['image_generation_low_wide', 16], ['image_generation_medium', 42], ['image_generation_medium_wide', 63],
  ['image_generation_high', 167], ['image_generation_high_wide', 250],
].map(([name, dollars]) => ({ name: String(name), price: Number(dollars) * 1_000_000 }));

export class ToolPrices {
  private readonly plain = new Map<string, number>();
  /** By tool; the longest name first. */
  private readonly ofModels = new Map<string, Entry[]>();

  /** @param own in place of usual ones of the same name, and beside them */
  constructor(own: readonly RelayToolPrice[]) {
    const all = new Map([...usual, ...own].map(({ name, price }) => [name, price]));
    for (const [name, price] of all) this.add(name, price);
    for (const entries of this.ofModels.values()) entries.sort((one, other) => other.name.length - one.name.length);
  }

  /** Millionths of a US dollar for one call; 0: it is free. */
  of(tool: string, model: string): number {
    const found = this.ofModels.get(tool)?.find(({ name }) => (name.endsWith('*') ? model.startsWith(name.slice(0, -1)) : model === name));
    return Math.round((found?.price ?? this.plain.get(tool) ?? 0) / 1_000);
  }

  private add(name: string, price: number): void {
    const colon = name.indexOf(':'), tool = name.slice(0, colon);
    if (colon < 0) { this.plain.set(name, price); return; }
    const entries = this.ofModels.get(tool) ?? [];
    this.ofModels.set(tool, entries);
    entries.push({ name: name.slice(colon + 1), price });
  }
}
