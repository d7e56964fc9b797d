/** The credentials of a channel, as new-api clients know them: "keys", by their place. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { unixSeconds, type Node, type RestView } from '../view.ts';

function key({ position, status, statusReason, statusChangedAt }: Node, preview: string): Record<string, unknown> {
  const off = status === 'ENABLED' ? {} : { disabled_time: unixSeconds(statusChangedAt), reason: statusReason ?? '' };
  return { index: position, status: legacyInts.ChannelStatus![status], ...off, key_preview: preview };
}

export const legacyKeyStatus: RestView = {
  name: 'LegacyKeyStatus', on: 'ChannelCredentialPage',
  selection: 'nodes { position status statusReason statusChangedAt } previews total page pageSize pageCount enabledCount disabledCount autoDisabledCount',
  encode: ({ nodes, previews, total, page, pageSize, pageCount, enabledCount, disabledCount, autoDisabledCount }) => ({
    keys: nodes.map((node: Node, place: number) => key(node, previews[place])), total, page, page_size: pageSize, total_pages: pageCount,
    enabled_count: enabledCount, manual_disabled_count: disabledCount, auto_disabled_count: autoDisabledCount,
  }),
};

export const legacyChangedKeys: RestView = { name: 'LegacyChangedKeys', on: 'ChannelCredentialsPayload', selection: 'changed', encode: ({ changed }) => changed };
