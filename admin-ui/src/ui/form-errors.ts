/** Typed refusals of the server, each shown where it belongs: at its field, above the form, or as a conflict with what is stored. */
import { useState } from 'react';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';

export interface Refusal { __typename?: string; message: string; path?: readonly string[] | null }

export interface Placed {
  /** Refusals that name no field of the form. */
  above: readonly string[];
  /** Somebody else changed it meanwhile. */
  conflict: string | undefined;
}

const nothing: Placed = { above: [], conflict: undefined };

/** A path such as ["input", "models", "3"] belongs to the field `models`. */
export function placeRefusals<Values extends FieldValues>(
  refusals: readonly Refusal[], fields: readonly Path<Values>[], setError: UseFormSetError<Values>,
): Placed {
  const above: string[] = [];
  let conflict: string | undefined, focused = false;
  for (const { __typename, message, path } of refusals) {
    const field = fields.find((name) => path?.includes(name));
    if (__typename === 'ConflictError') conflict = message;
    else if (!field) above.push(message);
    else { setError(field, { message }, { shouldFocus: !focused }); focused = true; }
  }
  return { above, conflict };
}

/** Keeps what the last answer refused; `take` says whether it refused nothing. */
export function useRefusals<Values extends FieldValues>(fields: readonly Path<Values>[], setError: UseFormSetError<Values>) {
  const [placed, setPlaced] = useState(nothing);
  const take = (refusals: readonly Refusal[]): boolean => {
    setPlaced(placeRefusals(refusals, fields, setError));
    return refusals.length === 0;
  };
  return { placed, take };
}
