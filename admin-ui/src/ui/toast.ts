import { notifications } from '@mantine/notifications';
import type { CombinedError } from 'urql';
import type { Refusal } from './form-errors.ts';

/** Tells why an act on a row did not happen; returns whether it did. */
export function showRefusals(refusals: readonly Refusal[] | undefined, error: CombinedError | undefined): boolean {
  const message = refusals?.[0]?.message ?? error?.graphQLErrors[0]?.message ?? error?.message;
  if (message !== undefined) notifications.show({ color: 'red', message, autoClose: false });
  return message === undefined;
}
