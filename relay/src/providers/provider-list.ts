import type { ProviderInfo } from '../gql/types.gen.ts';
import { providers } from './index.gen.ts';
import { announce, type Provider } from './provider.ts';

const byType: ReadonlyMap<number, Provider> = new Map(providers.map((one: Provider) => [one.type, one]));

/** The provider that claims a channel type; undefined: none of ours. */
export const providerOf = (type: number): Provider | undefined => byType.get(type);

/** For `RelayState.providers`: the only list of providers that there is. */
export const announcedProviders = (): ProviderInfo[] => providers.map(announce);
