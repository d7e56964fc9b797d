/** Hears from relays which credentials their providers refuse, and has it decided. A report that is lost comes again with the next refusal. */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Worker } from '../../../kernel/running/worker.ts';
import type { MessageSeal } from '../../relay-link/message-seal.ts';
import { StreamConsumer, type Entry } from '../../relay-link/stream-consumer.ts';
import type { CredentialReport } from '../../relay-link/wire/report.ts';
import type { ChannelStanding } from './channel-standing.ts';

interface Parts { redis: Redis; seal: MessageSeal; standing: ChannelStanding; log: Logger }

/** What is older speaks of a credential that may have been replaced. */
const oldestMs = 60_000;

const id = z.int().min(1).max(2 ** 31 - 1);
const form = z.object({ channelId: id, credentialId: id, status: z.int().min(0).max(999), reason: z.string().max(1_000), at: z.int() }) satisfies z.ZodType<CredentialReport>;

export class CredentialReports implements Worker {
  private readonly consumer: StreamConsumer;

  constructor(private readonly parts: Parts) {
    const { redis, seal, log } = parts;
    this.consumer = new StreamConsumer({ stream: 'weir:reports', group: 'standing', atOnce: 64, oldestMs, redis, seal, log, take: (entries) => this.take(entries) });
  }

  start(): void { this.consumer.start(); }

  stop(): Promise<void> { return this.consumer.stop(); }

  private async take(entries: Entry[]): Promise<void> {
    const reports = entries.map(({ json }) => this.read(json)).filter((report) => report !== undefined);
    // Relays see the same refusal at the same time: one of their reports is enough.
    const first = new Map(reports.toReversed().map((report) => [report.credentialId, report]));
    for (const report of first.values()) await this.parts.standing.disableCredential(report);
  }

  private read(json: string): CredentialReport | undefined {
    try { return form.parse(JSON.parse(json)); } catch (error) { this.parts.log.warn({ err: error }, 'a report of a relay has no known form'); return undefined; }
  }
}
