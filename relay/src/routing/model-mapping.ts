import { Failure } from '../failure/failure.ts';

/**
 * The name under which a channel knows a model (semantics 3.6). Chains are followed (`a→b→c`), a name mapped to itself ends
 * them. Failure: `channel:model_mapped_error` when they run in a circle.
 */
export function mappedModel(model: string, mapping: ReadonlyMap<string, string>): string | Failure {
  if (mapping.size === 0) return model;
  let name = model;
  for (let steps = 0; steps <= mapping.size; steps++) {
    const next = mapping.get(name);
    if (next === undefined || next === name) return name;
    name = next;
  }
  return new Failure('channel:model_mapped_error', { note: `${model} is mapped in a circle` });
}
