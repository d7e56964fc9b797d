/** Reads the stream of usage, has it settled, and acknowledges. Nothing is forgotten anywhere before its commit (LED-12). */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { crashPoint } from '../../kernel/running/crash-point.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import { logChannel } from '../log/insert-logs.ts';
import type { MessageSeal } from '../relay-link/message-seal.ts';
import type { RelayChannel } from '../relay-link/relay-channel.ts';
import { StreamConsumer, type Entry } from '../relay-link/stream-consumer.ts';
import { readUsageBatch, type ReportedRecord } from './read-usage-batch.ts';
import type { Settled, Settlement } from './settlement.ts';

export interface UsageParts {
  redis: Redis;
  seal: MessageSeal;
  relays: RelayChannel;
  settlement: Settlement;
  /** Accounts of which less is blocked than before. */
  freed: (accounts: Iterable<string>) => void;
  log: Logger;
}

export class UsageConsumer implements Worker {
  private readonly consumer: StreamConsumer;

  constructor(private readonly parts: UsageParts) {
    const { redis, seal, log } = parts;
    this.consumer = new StreamConsumer({ stream: 'weir:usage', group: 'ledger', atOnce: 16, redis, seal, log, take: (entries) => this.take(entries) });
  }

  start(): void {
    this.consumer.start();
  }

  stop(): Promise<void> {
    return this.consumer.stop();
  }

  private async take(entries: Entry[]): Promise<void> {
    const records = entries.flatMap(({ id, json }) => this.read(id, json));
    if (records.length === 0) return;
    const settled = await this.parts.settlement.settle(records);
    crashPoint('after-post');
    await this.tell(settled);
  }

  /** A batch without a form is not acknowledged to anyone: its relay keeps the records, and a person must look. */
  private read(id: string, json: string): ReportedRecord[] {
    const batch = readUsageBatch(json);
    if (!('fault' in batch)) return batch;
    this.parts.log.error({ alert: 'usage_batch_malformed', id, fault: batch.fault }, 'usage: a batch has no known form');
    return [];
  }

  /** After the commit. What is lost here is asked for again: relays ship anew what was not acknowledged. */
  private async tell({ acks, freed, logs, faults }: Settled): Promise<void> {
    const { relays, redis, log } = this.parts;
    for (const { relayId, epoch, sequence, fault } of faults) {
      log.error({ alert: 'dead_letter', relayId, epoch, sequence, reason: fault?.reason }, 'usage: a record was set aside');
    }
    if (freed.length > 0) this.parts.freed(freed);
    const told = acks.map(({ relayId, epoch, sequence }) => relays.tell(relayId, { ack: { epoch, sequence } }));
    const lines = logs ? [redis.publish(logChannel, JSON.stringify(logs))] : [];
    for (const outcome of await Promise.allSettled<unknown>([...told, ...lines])) {
      if (outcome.status === 'rejected') log.warn({ err: outcome.reason as unknown }, 'usage: an acknowledgement was not sent');
    }
  }
}
