/** Channels, groups, prices and options: built in the order of their arrows. */
import type { BulkService } from '../features/bulk/bulk.service.ts';
import type { BulkUndoService } from '../features/bulk/bulk-undo.service.ts';
import { ChannelBulkResolver } from '../features/channel/bulk/channel-bulk.resolver.ts';
import { ChannelBulkService } from '../features/channel/bulk/channel-bulk.service.ts';
import { ChannelCopyService } from '../features/channel/bulk/channel-copy.service.ts';
import { ChannelFacetsResolver } from '../features/channel/channel-facets.resolver.ts';
import { ChannelFormResolver } from '../features/channel/channel-form.resolver.ts';
import { ChannelList } from '../features/channel/channel-list.ts';
import { ChannelEventResolver } from '../features/channel/standing/channel-event.resolver.ts';
import { ChannelProxy } from '../features/channel/proxy/channel-proxy.ts';
import { AbilityList } from '../features/channel/route/ability-list.ts';
import { RouteResolver } from '../features/channel/route/route.resolver.ts';
import { ChannelTestService } from '../features/channel/test/channel-test.service.ts';
import { ChannelResolver } from '../features/channel/channel.resolver.ts';
import { ChannelService } from '../features/channel/channel.service.ts';
import { ModelFetchService } from '../features/channel/provider/model-fetch.ts';
import { ProviderResolver } from '../features/channel/provider/provider.resolver.ts';
import { ProviderService } from '../features/channel/provider/provider.service.ts';
import type { Probe } from '../features/channel/test/try-channel.ts';
import { ViewerModelsResolver } from '../features/channel/viewer-models.resolver.ts';
import { CredentialResolver } from '../features/channel/credential/credential.resolver.ts';
import { CredentialService } from '../features/channel/credential/credential.service.ts';
import { Credentials } from '../features/channel/credential/credentials.ts';
import type { Egress } from '../features/egress/egress.ts';
import { GroupResolver } from '../features/group/group.resolver.ts';
import { GroupService } from '../features/group/group.service.ts';
import { ViewerGroupsResolver } from '../features/group/viewer-groups.resolver.ts';
import type { JobService } from '../features/job/job.service.ts';
import { OptionResolver } from '../features/option/option.resolver.ts';
import { OptionService } from '../features/option/option.service.ts';
import { SiteSecrets } from '../features/option/site-secrets.ts';
import { PriceResolver } from '../features/price/price.resolver.ts';
import { PriceSyncResolver } from '../features/price-sync/price-sync.resolver.ts';
import { PriceSyncService } from '../features/price-sync/price-sync.service.ts';
import { PriceService } from '../features/price/price.service.ts';
import { WhatIfResolver } from '../features/pricing/what-if.resolver.ts';
import { RatioConfigResolver } from '../features/pricing/ratio-config.resolver.ts';
import type { Cursors } from '../kernel/list/cursors.ts';
import type { KeptValues } from '../kernel/running/kept.ts';
import { modelSide } from './sides/model-side.ts';
import type { ProviderRooms } from './provider-rooms.ts';
import type { Foundation } from './services.ts';

interface Tools { cursors: Cursors; probe: Probe; jobs: JobService; bulk: BulkService; undoing: BulkUndoService; egress: Egress; providers: ProviderRooms; kept: KeptValues }

export function buildCatalogue({ secretBox, config, clock }: Pick<Foundation, 'secretBox' | 'config' | 'clock'>, { cursors, probe, jobs, bulk, undoing, egress, providers, kept }: Tools): object[] {
  const list = new ChannelList(cursors, secretBox), groups = new GroupService(), credentials = new Credentials(secretBox), proxy = new ChannelProxy(secretBox), prices = new PriceService(cursors);
  return [
    new ChannelBulkResolver(new ChannelBulkService(list, bulk), new ChannelCopyService(credentials, proxy), undoing),
    new ChannelEventResolver(cursors),
    new ChannelFacetsResolver(list),
    new ChannelFormResolver(list),
    new ChannelResolver(new ChannelService(credentials, proxy, config.upstreamAllow, [config.relayUrl, config.publicUrl]), list, new ChannelTestService(probe, jobs)),
    new CredentialResolver(new CredentialService(), credentials),
    new ProviderResolver(new ModelFetchService(providers.fetch), new ProviderService(providers.balance, jobs)),
    new RouteResolver(new AbilityList(cursors)),
    new GroupResolver(groups),
    new ViewerGroupsResolver(groups),
    new ViewerModelsResolver(list, groups),
    new OptionResolver(new OptionService(new SiteSecrets(secretBox))),
    new PriceResolver(prices),
    new PriceSyncResolver(new PriceSyncService(egress, prices)),
    ...modelSide({ clock }, cursors, egress, groups, kept),
    new RatioConfigResolver(),
    new WhatIfResolver(),
  ];
}
