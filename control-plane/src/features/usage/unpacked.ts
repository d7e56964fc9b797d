/** Names for what relays send as lists of values: each batch says once what its values are called. */
import { z } from 'zod';

/** The names of the values, by type. `name:Type` is packed itself, `name:[Type]` is a list of packed ones. */
export const packedForms = z.record(z.string(), z.array(z.string()));
export type PackedForms = z.infer<typeof packedForms>;

const entry = /^(\w+)(?::(\[)?(\w+)\]?)?$/;

/** What has another shape than its form says stays as it is: whoever reads the record checks it anyway. */
export function unpacked(value: unknown, type: string, forms: PackedForms): unknown {
  const form = Object.hasOwn(forms, type) ? forms[type] : undefined;
  if (!form || !Array.isArray(value)) return value;
  return Object.fromEntries(form.map((each, index) => {
    const [, name = each, isList, part] = entry.exec(each) ?? [], given: unknown = value[index];
    if (part === undefined) return [name, given];
    return [name, isList && Array.isArray(given) ? given.map((one) => unpacked(one, part, forms)) : unpacked(given, part, forms)];
  }));
}
