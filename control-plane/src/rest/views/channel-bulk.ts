/** What new-api clients see of changes to many channels. */
import type { RestView } from '../view.ts';

/** The number of ids that were sent, whether there was a channel for each or not. */
export const legacyBulkSent: RestView = { name: 'LegacyBulkSent', on: 'BulkPayload', selection: 'results { ok }', encode: ({ results }) => results.length };

export const legacyBulkMatched: RestView = { name: 'LegacyBulkMatched', on: 'BulkPayload', selection: 'matched', encode: ({ matched }) => matched };

export const legacyChannelId: RestView = { name: 'LegacyChannelId', on: 'Channel', selection: 'legacyId', encode: ({ legacyId }) => ({ id: Number(legacyId) }) };

export const legacyModelText: RestView = { name: 'LegacyModelText', on: 'String', selection: '', encode: (name) => name, encodeList: (names: readonly unknown[]) => names.map(String).join(',') };

/** A rebuild here cannot fail for one channel alone: it is one statement. */
export const legacyFix: RestView = { name: 'LegacyFix', on: 'AbilitiesRebuildPayload', selection: 'rebuilt', encode: ({ rebuilt }) => ({ success: rebuilt, fails: 0 }) };
