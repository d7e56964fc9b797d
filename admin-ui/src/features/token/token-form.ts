/** The editor's own form of a token, and the way to and from the server's. */
import type { TokenCreateInput, TokensQuery } from '../../gql/graphql.ts';
import { formatPlainAmount, readAmount } from '../../ui/format.ts';

export type TokenRow = NonNullable<TokensQuery['viewer']>['tokens']['nodes'][number];

export interface TokenForm {
  name: string;
  unlimited: boolean;
  /** As a person writes it: `5`, `$5`, `2,500,000 quota`. */
  quota: string;
  /** Local date and time, as the field gives it; empty: never. */
  expiresAt: string;
  limitModels: boolean;
  models: string[];
  /** One address or range a line. */
  allowIps: string;
}

export const fieldNames = ['name', 'unlimited', 'quota', 'expiresAt', 'limitModels', 'models', 'allowIps'] as const;

export const emptyForm: TokenForm = { name: '', unlimited: true, quota: '5', expiresAt: '', limitModels: false, models: [], allowIps: '' };

/** The form of `datetime-local`, in the viewer's own zone. */
function toLocal(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const formOf = (token: TokenRow, quotaPerUnit: number): TokenForm => ({
  name: token.name, unlimited: token.unlimited, quota: formatPlainAmount(token.remaining, quotaPerUnit), expiresAt: token.expiresAt ? toLocal(token.expiresAt) : '',
  limitModels: token.models != null, models: [...(token.models ?? [])], allowIps: token.allowIps.join('\n'),
});

export const inputOf = (form: TokenForm, quotaPerUnit: number): TokenCreateInput => ({
  name: form.name, unlimited: form.unlimited, ...(form.unlimited ? {} : { quota: readAmount(form.quota, quotaPerUnit) ?? null }),
  expiresAt: form.expiresAt ? new Date(form.expiresAt).toISOString() : null, limitModels: form.limitModels,
  models: form.limitModels ? form.models : null, allowIps: form.allowIps.split('\n').map((line) => line.trim()).filter(Boolean),
});

/** Only what was changed: what the relay spent meanwhile must not be put back. */
export function changesOf(before: TokenForm, after: TokenForm, quotaPerUnit: number): TokenCreateInput {
  const whole = inputOf(after, quotaPerUnit);
  const changed = fieldNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.filter((name) => name in whole).map((name) => [name, whole[name]]));
}
