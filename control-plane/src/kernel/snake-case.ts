/** `QuotaPerUnit` → `quota_per_unit`, as one of the compatible APIs spells options; dotted names stay. */
export const snakeCase = (name: string): string =>
  (name.includes('.') ? name : name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase());
