/**
 * Reads what earlier runs of this relay left in the spool and gives every open exchange its outcome. Only reading happens here;
 * shipping goes on beside the new traffic.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SpoolRecord } from '../gql/types.gen.ts';
import { Backlog } from './backlog.ts';
import { EpochStory } from './epoch-story.ts';
import { toRecoveredEvent } from './recovered-event.ts';
import { listSegments, readSegment, SegmentWriter, segmentName, type SegmentName } from './segment.ts';
import { recordKey, writeLine } from './spool-line.ts';

export interface RecoveryOptions {
  readonly folder: string;
  /** The epoch that begins; everything older is recovered. */
  readonly epoch: number;
  readonly now: number;
  readonly report: (event: string, detail: string) => void;
}

/** @returns one backlog for each earlier epoch with records to ship, oldest first */
export function recover(options: RecoveryOptions): Backlog[] {
  mkdirSync(options.folder, { recursive: true });
  const past = listSegments(options.folder).filter(({ epoch }) => epoch < options.epoch);
  const backlogs: Backlog[] = [];
  for (const epoch of new Set(past.map((name) => name.epoch))) {
    const names = past.filter((name) => name.epoch === epoch);
    const story = new EpochStory();
    for (const name of names) read(story, name, options);
    const backlog = finish(story, epoch, names, options);
    if (backlog.unshipped > 0) backlogs.push(backlog);
    else backlog.remove();
  }
  return backlogs;
}

function read(story: EpochStory, name: SegmentName, { folder, report }: RecoveryOptions): void {
  const { lines, damaged, torn } = readSegment(name.path);
  story.begin(name);
  for (const line of lines) story.tell(line);
  story.end();
  if (torn > 0) report('spool-torn', `${name.path}: ${torn} bytes of an unfinished line`);
  if (damaged.length === 0) return;
  appendFileSync(join(folder, 'dead-letters'), Buffer.concat(damaged.flatMap((line) => [line, Buffer.from('\n')])), { mode: 0o600 });
  report('spool-damaged', `${name.path}: ${damaged.length} lines moved to the dead letters`);
}

function finish(story: EpochStory, epoch: number, names: readonly SegmentName[], { folder, now, report }: RecoveryOptions): Backlog {
  const added: SpoolRecord[] = [];
  for (const exchange of story.open.values()) {
    const usage = toRecoveredEvent(exchange, now);
    const record = { sequence: story.nextSequence(), usage, returned: null };
    story.patches.set(record.sequence, record);
    added.push(record);
  }
  if (added.length > 0) {
    report('exchanges-recovered', `epoch ${epoch}: ${added.length}`);
    const name = segmentName(folder, epoch, (names.at(-1)?.number ?? 0) + 1);
    // A full disk does not stop a start: the same files give the same records, in the same order, the next time.
    try { keep(name, added); } catch (error) { report('spool-write-failed', String(error)); }
    story.segments.push({ name, first: 0, last: -1 });
  }
  return new Backlog(epoch, story.first, story.last, story.segments, story.patches);
}

function keep(name: SegmentName, records: readonly SpoolRecord[]): void {
  const writer = new SegmentWriter(name);
  writer.write(records.map((record) => writeLine(...recordKey(record))).join(''));
  writer.close();
}
