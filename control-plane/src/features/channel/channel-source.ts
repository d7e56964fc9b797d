/** Resources `channel:<id>`. Disabled channels are in the picture too: their status keeps a relay from choosing them. */
import { numberedSource } from '../relay-link/numbered-source.ts';
import type { ResourceBody } from '../relay-link/resource-source.ts';
import type { RelayChannelRules } from '../relay-link/wire/routing.ts';
import type { RelayChannel, RelayChannelExtra, RelayCredential } from '../relay-link/wire/snapshot.ts';
import { proxyIn } from './proxy/channel-proxy.ts';
import type { ChannelExtras } from './channel-extras.ts';

interface Row extends Omit<RelayChannel, 'modelMapping' | 'credentials' | 'extra' | 'rules'>, RelayChannelExtra { modelMapping: string; credentials: string; extras: string; proxy: string | null }

/** Of a channel with one credential there is no place to tell. */
const place = 'case when exists (select from channel_credential o where o.channel_id = c.id and o.id <> k.id) then k.position end';

const columns = `c.id, c.name, c.type, c.status, c.base_url as "baseUrl", c.models, c.group_names as groups, c.priority, c.weight,
  c.test_model as "testModel", c.tag, c.credential_mode as "credentialMode", c.auto_ban as "autoBan", c.model_mapping::text as "modelMapping", c.extras::text as extras, c.proxy,
  coalesce(c.extras->>'other', '') as other, coalesce(c.extras->>'organization', '') as organization, coalesce(c.extras->>'settings', '') as settings,
  coalesce((select json_agg(json_strip_nulls(json_build_object('id', k.id, 'envelope', k.secret, 'place', ${place})) order by k.position, k.id)
    from channel_credential k where k.channel_id = c.id and k.status = 'ENABLED'), '[]')::text as credentials`;

const names = ['setting', 'statusCodeMapping', 'paramOverride', 'headerOverride'] as const;

/** Only what says something: most channels have none, and relays pass their requests without a look. */
function rulesOf(extras: ChannelExtras, proxy: string | null): RelayChannelRules | null {
  const given = names.flatMap((name) => { const text = extras[name]?.trim(); return text && text !== '{}' ? [[name, text] as const] : []; });
  const sealed = proxy && proxyIn(extras.setting) ? [['proxyEnvelope', proxy] as const] : [];
  return given.length > 0 ? Object.fromEntries([...given, ...sealed]) : null;
}

function toBody(row: Row): ResourceBody {
  const mapping = JSON.parse(row.modelMapping) as Record<string, string>;
  const channel: RelayChannel = {
    id: row.id, name: row.name, type: row.type, status: row.status, baseUrl: row.baseUrl ?? null,
    credentials: JSON.parse(row.credentials) as RelayCredential[],
    models: row.models, groups: row.groups,
    modelMapping: Object.keys(mapping).sort().map((from) => ({ from, to: mapping[from]! })),
    priority: row.priority, weight: row.weight, testModel: row.testModel ?? null,
    extra: { other: row.other, organization: row.organization, settings: row.settings },
    tag: row.tag ?? null, credentialMode: row.credentialMode, autoBan: row.autoBan, rules: rulesOf(JSON.parse(row.extras) as ChannelExtras, row.proxy),
  };
  return { key: String(row.id), body: JSON.stringify(channel) };
}

export const channelSource = numberedSource<Row>('channel', { select: `select ${columns} from channel c where true`, id: 'c.id' }, toBody);
