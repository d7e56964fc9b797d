import type { ProviderInfo } from '../gql/types.gen.ts';
import { text } from '../dialects/json-member.ts';
import { providers } from './index.gen.ts';
import { announce, type ChannelExtra, type Provider } from './provider.ts';

const all: readonly Provider[] = providers;
const byType: ReadonlyMap<number, Provider> = new Map(all.filter((one) => !one.preset).map((one) => [one.type, one]));
const presets = all.filter((one) => one.preset);

/** The provider that claims a channel type; undefined: none of ours. */
export const providerOf = (type: number): Provider | undefined => byType.get(type);

/** What decides which provider an account is at. */
export interface Account { readonly type: number; readonly baseUrl?: string | null | undefined; readonly extra: Pick<ChannelExtra, 'settings'> }

/** Some vendors have no type of their own: a channel of another type names them, or stands at their address. */
export function providerAt({ type, baseUrl, extra }: Account): Provider | undefined {
  const asked = text(extra.settings['preset']), host = baseUrl ? hostOf(baseUrl) : undefined;
  if (asked === undefined && host === undefined) return byType.get(type);
  return presets.find((one) => one.type === type && (asked === undefined ? hostOf(one.baseUrl) === host : one.name === asked)) ?? byType.get(type);
}

const hostOf = (address: string): string | undefined => URL.parse(address)?.host;

/** For channels, which live long: looked for once. */
const known = new WeakMap<Account, { readonly provider: Provider | undefined }>();
export function providerFor(channel: Account): Provider | undefined {
  let found = known.get(channel);
  if (!found) known.set(channel, found = { provider: providerAt(channel) });
  return found.provider;
}

/** For `RelayState.providers`: the only list of providers that there is. One for each type. */
export const announcedProviders = (): ProviderInfo[] => [...byType.values()].map(announce);
