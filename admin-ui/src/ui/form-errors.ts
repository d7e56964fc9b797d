/** Typed refusals of the server, put at the fields that they name; what names no field is returned, to be shown above. */
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';

export interface Refusal { message: string; path?: readonly string[] | null }

/** A path such as ["input", "models", "3"] belongs to the field `models`. */
export function placeRefusals<Values extends FieldValues>(
  refusals: readonly Refusal[], fields: readonly Path<Values>[], setError: UseFormSetError<Values>,
): string[] {
  const homeless: string[] = [];
  for (const [index, { message, path }] of refusals.entries()) {
    const field = fields.find((name) => path?.includes(name));
    if (field) setError(field, { message }, { shouldFocus: index === 0 });
    else homeless.push(message);
  }
  return homeless;
}
