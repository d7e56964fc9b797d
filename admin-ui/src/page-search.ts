/** What pages keep in the address. Members that are unknown or make no sense are dropped, so that an old link still opens. */
import type { LogType } from './gql/graphql.ts';

type Raw = Record<string, unknown>;

const text = (value: unknown): string | undefined => {
  const plain = typeof value === 'number' ? String(value) : value;       // the router reads ?q=42 as a number
  return typeof plain === 'string' && plain !== '' ? plain : undefined;
};

const position = (value: unknown): number | undefined => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined);

export const logTypes: readonly LogType[] = ['CONSUME', 'ERROR', 'TOPUP', 'MANAGE', 'SYSTEM', 'REFUND'];

export interface ListSearch { q?: string | undefined; offset?: number | undefined }
export const listSearch = (raw: Raw): ListSearch => ({ q: text(raw['q']), offset: position(raw['offset']) });

export interface SettingsSearch { q?: string | undefined; section?: string | undefined }
export const settingsSearch = (raw: Raw): SettingsSearch => ({ q: text(raw['q']), section: text(raw['section']) });

export interface LogSearch { q?: string | undefined; type?: LogType | undefined; model?: string | undefined; open?: string | undefined }
export const logSearch = (raw: Raw): LogSearch => ({ q: text(raw['q']), type: logTypes.find((one) => one === raw['type']), model: text(raw['model']), open: text(raw['open']) });
