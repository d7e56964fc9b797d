import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { Channel, ChannelStatus } from '../channel/channel.entity.ts';
import { textOption } from '../option/option-values.ts';
import type { PriceSyncInput, PriceSyncSource } from './price-sync.types.ts';

/** Number of the built-in source, as compatible sites have it. */
const presetId = -100;
const usualEndpoint = '/api/ratio_config', mostSources = 20;

export interface Source { name: string; url: string }

const isSite = (address: string): boolean => /^https?:\/\//.test(address);

/** Channels with an address of their own, by number, and the presets. */
export async function sourcesOf(em: EntityManager): Promise<PriceSyncSource[]> {
  const channels = await em.find(Channel, { baseUrl: { $ne: null } }, { orderBy: { id: 'asc' }, limit: 1_000, fields: ['id', 'name', 'baseUrl', 'status'] });
  const sites = channels.filter(({ baseUrl }) => isSite(baseUrl!)).map(({ id, name, baseUrl, status }) => ({ id, name, baseUrl: baseUrl!, status }));
  return [...sites, { id: presetId, name: 'Official presets', baseUrl: await textOption(sqlOf(em), 'price_sync.preset_url'), status: ChannelStatus.ENABLED }];
}

const urlOf = (baseUrl: string, endpoint: string): string => (isSite(endpoint) ? endpoint : `${baseUrl.trim().replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`);
const named = (name: string, id: number | null | undefined): string => (id == null ? name : `${name}(${id})`);

/** What is to be read; undefined when nothing is, or more than anybody compares. */
export async function chosenSources(em: EntityManager, { upstreams, channelIds }: PriceSyncInput): Promise<Source[] | undefined> {
  const wanted = new Set(channelIds ?? []);
  const chosen = upstreams?.length
    ? upstreams.map(({ id, name, baseUrl, endpoint }) => ({ name: named(name, id), url: urlOf(baseUrl, endpoint?.trim() || usualEndpoint) }))
    : (wanted.size ? await sourcesOf(em) : []).filter(({ id }) => wanted.has(id))
      // The presets are a file of their own.
      .map(({ id, name, baseUrl }) => ({ name: named(name, id), url: id === presetId ? baseUrl : urlOf(baseUrl, usualEndpoint) }));
  return chosen.length > 0 && chosen.length <= mostSources ? chosen : undefined;
}
