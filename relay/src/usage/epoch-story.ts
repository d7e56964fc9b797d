/** What the files of one epoch tell when they are read in their order: open exchanges, the run of sequences, gaps in it. */
import type { SpoolRecord, UsageTokens } from '../gql/types.gen.ts';
import type { PastSegment } from './backlog.ts';
import type { OpenExchange } from './recovered-event.ts';
import type { SegmentName } from './segment.ts';
import { readJson, toRecord, type ReservedNote, type SpoolLine } from './spool-line.ts';

export class EpochStory {
  readonly open = new Map<string, OpenExchange>();
  readonly segments: PastSegment[] = [];
  readonly patches = new Map<number, SpoolRecord>();
  first = 1;
  last = 0;
  private started = false;
  private readonly gaps = new Set<number>();
  private name: SegmentName | undefined;
  private from = 0;

  begin(name: SegmentName): void {
    this.name = name;
    this.from = this.last + 1;
  }

  end(): void {
    if (this.name) this.segments.push({ name: this.name, first: this.from, last: this.last });
  }

  tell(line: SpoolLine): void {
    if (line.kind === 'R') this.reserved(line);
    else if (line.kind === 'S') this.reach(Number(line.key));
    else if (line.kind === 'A') this.add(line.key, { answered: true });
    else if (line.kind === 'C') this.add(line.key, { checkpoint: readJson<UsageTokens>(line) });
    else this.recorded(line);
  }

  /** The next free place: first the ones of records that were damaged, which the ledger would wait for. */
  nextSequence(): number {
    for (const gap of this.gaps) {
      this.gaps.delete(gap);
      return gap;
    }
    return ++this.last;
  }

  private reserved(line: SpoolLine): void {
    const known = this.open.get(line.key);
    this.open.set(line.key, { note: readJson<ReservedNote>(line), answered: known?.answered ?? false, checkpoint: known?.checkpoint });
  }

  private add(chargeId: string, what: Partial<OpenExchange>): void {
    const known = this.open.get(chargeId);
    if (known) this.open.set(chargeId, { ...known, ...what });
  }

  private recorded(line: SpoolLine): void {
    const sequence = Number.parseInt(line.key, 10);
    if (line.kind === 'O') this.open.delete(line.key.slice(line.key.indexOf(':') + 1));
    if (this.started && sequence <= this.last) {
      this.gaps.delete(sequence);
      this.patches.set(sequence, toRecord(line));
      return;
    }
    this.reach(sequence - 1);
    this.last = sequence;
  }

  /** All records up to here were written; those that did not show are damaged. */
  private reach(sequence: number): void {
    if (!this.started) {
      this.started = true;
      this.first = sequence + 1;
      this.last = sequence;
      this.from = this.first;
    }
    while (this.last < sequence) this.gaps.add(++this.last);
  }
}
