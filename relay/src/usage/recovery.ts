/**
 * Reads what earlier runs of this relay left in the spool and finds the exchanges that they left open. Only reading happens here;
 * shipping goes on beside the new traffic.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageEvent } from '../gql/types.gen.ts';
import { Backlog } from './backlog.ts';
import { EpochStory, toOpenExchange, type OpenLines } from './epoch-story.ts';
import { toRecoveredEvent } from './recovered-event.ts';
import { listSegments, readSegment, type SegmentName } from './segment.ts';

export interface RecoveryOptions {
  readonly folder: string;
  /** The epoch that begins; everything older is recovered. */
  readonly epoch: number;
  readonly now: number;
  readonly report: (event: string, detail: string) => void;
}

export interface Recovered {
  /** One for each earlier epoch with files, oldest first. */
  readonly backlogs: readonly Backlog[];
  /**
   * Outcomes of the exchanges that were open. They belong into the spool of the epoch that begins: the old one may have lost
   * its last places to a power cut after the ledger had seen them, and a place must never be used twice.
   */
  readonly outcomes: readonly UsageEvent[];
}

export function recover(options: RecoveryOptions): Recovered {
  mkdirSync(options.folder, { recursive: true });
  const past = listSegments(options.folder).filter(({ epoch }) => epoch < options.epoch);
  const open = new Map<string, OpenLines>();
  const backlogs = [...new Set(past.map((name) => name.epoch))].map((epoch) => {
    const story = new EpochStory(open);
    for (const name of past) if (name.epoch === epoch) read(story, name, options);
    return new Backlog(epoch, story);
  });
  if (open.size > 0) options.report('exchanges-recovered', `${open.size} exchanges had no outcome`);
  return { backlogs, outcomes: Array.from(open.values(), (lines) => toRecoveredEvent(toOpenExchange(lines), options.now)) };
}

function read(story: EpochStory, name: SegmentName, { folder, report }: RecoveryOptions): void {
  const { lines, damaged, torn } = readSegment(name.path);
  story.begin(name.path);
  for (const line of lines) story.tell(line);
  story.end();
  if (torn > 0) report('spool-torn', `${name.path}: ${torn} bytes of an unfinished line`);
  if (damaged.length === 0) return;
  appendFileSync(join(folder, 'dead-letters'), Buffer.concat(damaged.flatMap((line) => [line, Buffer.from('\n')])), { mode: 0o600 });
  report('spool-damaged', `${name.path}: ${damaged.length} lines moved to the dead letters`);
}
