/** Resources `channel:<id>`. Disabled channels are in the picture too: their status keeps a relay from choosing them. */
import { numberedSource } from '../relay-link/numbered-source.ts';
import type { ResourceBody } from '../relay-link/resource-source.ts';
import type { RelayChannel, RelayChannelExtra, RelayCredential } from '../relay-link/wire/snapshot.ts';

interface Row extends Omit<RelayChannel, 'modelMapping' | 'credentials' | 'extra'>, RelayChannelExtra { modelMapping: string; credentials: string }

const columns = `c.id, c.name, c.type, c.status, c.base_url as "baseUrl", c.models, c.group_names as groups, c.priority, c.weight,
  c.test_model as "testModel", c.model_mapping::text as "modelMapping",
  coalesce(c.extras->>'other', '') as other, coalesce(c.extras->>'organization', '') as organization, coalesce(c.extras->>'settings', '') as settings,
  coalesce((select json_agg(json_build_object('id', k.id, 'envelope', k.secret) order by k.position, k.id)
    from channel_credential k where k.channel_id = c.id and k.status = 'ENABLED'), '[]')::text as credentials`;

function toBody(row: Row): ResourceBody {
  const mapping = JSON.parse(row.modelMapping) as Record<string, string>;
  const channel: RelayChannel = {
    id: row.id, name: row.name, type: row.type, status: row.status, baseUrl: row.baseUrl ?? null,
    credentials: JSON.parse(row.credentials) as RelayCredential[],
    models: row.models, groups: row.groups,
    modelMapping: Object.keys(mapping).sort().map((from) => ({ from, to: mapping[from]! })),
    priority: row.priority, weight: row.weight, testModel: row.testModel ?? null,
    extra: { other: row.other, organization: row.organization, settings: row.settings },
  };
  return { key: String(row.id), body: JSON.stringify(channel) };
}

export const channelSource = numberedSource<Row>('channel', { select: `select ${columns} from channel c where true`, id: 'c.id' }, toBody);
