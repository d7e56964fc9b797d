/** Abilities are not stored: they follow from the models and groups of channels, here and on relays. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { listName, type Cursors } from '../../../kernel/list/cursors.ts';
import { countWithin } from '../../../kernel/list/count-within.ts';
import { checkPage, type Connection, type PageArgs } from '../../../kernel/list/page.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';
import type { Ability, AbilityFilter } from './route.types.ts';

interface Row { id: number; group: string; model: string }

/** Rows of the filter, in the order of channels: an index begins it, and a page ends after a few of them. */
function rowsOf({ groups, models, channelIds, enabled }: AbilityFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [], conditions: string[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  if (groups) { const list = place(groups); conditions.push(`c.group_names && ${list}::text[]`, `g.name = any(${list}::text[])`); }
  if (models) { const list = place(models); conditions.push(`c.models && ${list}::text[]`, `m.name = any(${list}::text[])`); }
  if (channelIds) conditions.push(`c.id = any(${place(channelIds.map((id) => readId('channel', id)))}::int[])`);
  if (enabled != null) conditions.push(`c.status ${enabled ? '=' : '<>'} 'ENABLED'`);
  return { text: `from channel c cross join unnest(c.group_names) g(name) cross join unnest(c.models) m(name) where ${conditions.join(' and ') || 'true'}`, values };
}

const inOrder = ({ id, group, model }: Row) => ({ value: JSON.stringify([group, model]), id });

export class AbilityList {
  constructor(private readonly cursors: Cursors) {}

  async page({ em }: RequestContext, filter: AbilityFilter, page: PageArgs): Promise<Connection<Ability>> {
    checkPage(page);
    const found = rowsOf(filter), list = listName('ability', filter), values = [...found.values];
    const after = page.after == null ? undefined : this.cursors.read(list, page.after);
    let beyond = '';
    if (after) {
      const [group, model] = JSON.parse(String(after.value)) as [string, string], at = values.push(after.id, group, model);
      beyond = ` and c.id >= $${at - 2} and (c.id, g.name, m.name) > ($${at - 2}, $${at - 1}::text, $${at}::text)`;
    }
    const rows = await sqlOf(em)<Row>(`select c.id, g.name as "group", m.name as model ${found.text}${beyond} order by c.id, g.name, m.name limit ${page.first + 1} offset ${page.offset ?? 0}`, values);
    const shown = rows.slice(0, page.first), cursorOf = (row: Row | undefined) => (row ? this.cursors.write(list, inOrder(row)) : null);
    const nodes = await toAbilities(em, shown);
    return {
      nodes,
      pageInfo: { hasNextPage: rows.length > page.first, hasPreviousPage: after !== undefined || (page.offset ?? 0) > 0, startCursor: cursorOf(shown[0]), endCursor: cursorOf(shown.at(-1)) },
      // A channel that has gone since is not among the nodes.
      cursorOf: (index) => {
        const node = nodes[index];
        return node ? cursorOf({ id: node.channel.id, group: node.group, model: node.model }) : null;
      },
      countRows: () => countWithin(em, `select ${found.text}`, found.values),
    };
  }
}

async function toAbilities(em: EntityManager, rows: readonly Row[]): Promise<Ability[]> {
  const channels = new Map((await em.find(Channel, { id: { $in: [...new Set(rows.map(({ id }) => id))] } })).map((channel) => [channel.id, channel]));
  return rows.flatMap(({ id, group, model }) => {
    const channel = channels.get(id);
    return channel ? [{ group, model, channel, enabled: channel.status === ChannelStatus.ENABLED, priority: channel.priority, weight: channel.weight, tag: channel.tag ?? null }] : [];
  });
}
