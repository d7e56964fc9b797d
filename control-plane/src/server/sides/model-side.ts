/** Metadata of models and their vendors, the lists that fill forms, and the price list that shows them. */
import type { Egress } from '../../features/egress/egress.ts';
import type { GroupService } from '../../features/group/group.service.ts';
import { ModelList } from '../../features/model/model-list.ts';
import { ModelUse } from '../../features/model/model-use.ts';
import { ModelFacetsResolver, ModelResolver } from '../../features/model/model.resolver.ts';
import { ModelService } from '../../features/model/model.service.ts';
import { ServedModels } from '../../features/model/served-models.ts';
import { CatalogueReader } from '../../features/model/sync/catalogue.ts';
import { ModelSyncResolver } from '../../features/model/sync/model-sync.resolver.ts';
import { ModelSyncService } from '../../features/model/sync/model-sync.service.ts';
import { PrefillGroupResolver } from '../../features/prefill-group/prefill-group.resolver.ts';
import { PrefillGroupService } from '../../features/prefill-group/prefill-group.service.ts';
import { PriceBook } from '../../features/pricing/price-book.ts';
import { PriceListResolver } from '../../features/pricing/price-list.resolver.ts';
import { VendorResolver } from '../../features/vendor/vendor.resolver.ts';
import { VendorService } from '../../features/vendor/vendor.service.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import type { KeptValues } from '../../kernel/running/kept.ts';
import type { Foundation } from '../services.ts';

export function modelSide({ clock }: Pick<Foundation, 'clock'>, cursors: Cursors, egress: Egress, groups: GroupService, kept: KeptValues): object[] {
  const served = new ServedModels(clock, kept), list = new ModelList(cursors), use = new ModelUse(served);
  return [
    new ModelResolver(new ModelService(), list, use),
    new ModelFacetsResolver(list),
    new ModelSyncResolver(new ModelSyncService(new CatalogueReader(egress), use)),
    new PrefillGroupResolver(new PrefillGroupService()),
    new PriceListResolver(new PriceBook(clock, served, kept), groups),
    new VendorResolver(new VendorService(cursors)),
  ];
}
