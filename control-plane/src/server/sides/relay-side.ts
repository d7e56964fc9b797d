/** Everything that speaks with relays: built once, and run beside requests. */
import { sqlOf } from '../../database/sql.ts';
import { channelSource } from '../../features/channel/channel-source.ts';
import { ChannelStanding } from '../../features/channel/standing/channel-standing.ts';
import { CredentialReports } from '../../features/channel/standing/credential-reports.ts';
import { groupSource } from '../../features/group/group-source.ts';
import { LeaseAuthority } from '../../features/lease/lease-authority.ts';
import { LeaseReaper } from '../../features/lease/lease-reaper.ts';
import { DriftWatch } from '../../features/ledger/drift-watch.ts';
import { logChannel, type LogRange } from '../../features/log/insert-logs.ts';
import { settingsSource } from '../../features/option/settings-source.ts';
import { priceSource } from '../../features/price/price-source.ts';
import { CaughtUp } from '../../features/relay-link/caught-up.ts';
import { ChannelProbes } from '../../features/relay-link/channel-probes.ts';
import { MessageSeal } from '../../features/relay-link/message-seal.ts';
import { ProviderCatalogue } from '../../features/relay-link/provider-catalogue.ts';
import { SnapshotPublisher } from '../../features/relay-link/publisher.ts';
import { RelayChannel } from '../../features/relay-link/relay-channel.ts';
import { RelayRegistry } from '../../features/relay-link/relay-registry.ts';
import { BillingDesk } from '../../features/token/billing-figures.ts';
import { tokenSource } from '../../features/token/token-source.ts';
import { Settlement } from '../../features/usage/settlement.ts';
import { UsageConsumer } from '../../features/usage/usage-consumer.ts';
import { userSource } from '../../features/user/user-source.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { Foundation } from '../services.ts';

/** Every part of the picture that relays hold. */
const sources = [channelSource, groupSource, priceSource, settingsSource, tokenSource, userSource];

export interface RelaySide {
  registry: RelayRegistry;
  probes: ChannelProbes;
  caughtUp: CaughtUp;
  /** Says which log rows are new, to those who follow the log. They also look by themselves. */
  tellLogs: (logs: LogRange) => void;
  workers: Worker[];
}

export function relaySide({ orm, clock, redis, pubSub, config, secretBox, log }: Foundation): RelaySide {
  const { databaseUrl } = config, seal = new MessageSeal(config.masterKey);
  const relays = new RelayChannel(redis, seal), registry = new RelayRegistry(redis, clock);
  const authority = new LeaseAuthority({ orm, databaseUrl, redis, seal, relays, log });
  const freed = (accounts: Iterable<string>) => authority.freed(accounts);
  const tellLogs = (logs: LogRange) => {
    redis.publish(logChannel, JSON.stringify(logs)).catch((error: unknown) => log.warn({ err: error }, 'new log rows were not told'));
  };
  const standing = new ChannelStanding({ orm, clock, pubSub, log });
  const workers = [
    new SnapshotPublisher({ databaseUrl, redis, seal, clock, sources, log }),
    new ProviderCatalogue(orm, registry, clock, log),
    authority,
    new LeaseReaper(orm, freed, log),
    new DriftWatch(orm, log),
    new CredentialReports({ redis, seal, standing, log }),
    new BillingDesk({ orm, redis, seal, relays, log }),
    new UsageConsumer({ redis, seal, relays, settlement: new Settlement(orm, clock), freed, log }),
  ];
  const sql = sqlOf(orm.em.fork());
  return { registry, probes: new ChannelProbes(redis, seal, relays, registry, clock, secretBox, sql), caughtUp: new CaughtUp(sql, registry, clock), tellLogs, workers };
}
