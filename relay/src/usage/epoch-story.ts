/** What the files of one epoch tell when they are read in their order: the run of sequences, and which exchanges stay open. */
import type { UsageTokens } from '../gql/types.gen.ts';
import type { Served, UsedSoFar } from '../quota/reservation.ts';
import type { PastEpoch, PastSegment } from './backlog.ts';
import type { OpenExchange } from './recovered-event.ts';
import { unpackNote } from './reserved-note.ts';
import { readJson, type SpoolLine } from './spool-line.ts';

/** The lines about an exchange, unread: of a million, all but a few end before the files do. */
export interface OpenLines { reserved: SpoolLine; answered: SpoolLine | undefined; checkpoint: SpoolLine | undefined }

export const toOpenExchange = ({ reserved, answered, checkpoint }: OpenLines): OpenExchange =>
  ({ note: unpackNote(reserved.key, reserved.json.toString()), answered: answered && readJson<Served>(answered), checkpoint: checkpoint && readUsed(checkpoint) });

/** Releases before this one wrote tokens alone. */
function readUsed(line: SpoolLine): UsedSoFar {
  const told = readJson<UsedSoFar | UsageTokens>(line);
  return 'tokens' in told ? told : { tokens: told };
}

const noForms = '{}';

export class EpochStory implements PastEpoch {
  readonly segments: PastSegment[] = [];
  first = 1;
  last = 0;
  /** Of all its files: one process wrote them. */
  forms: string | undefined;
  private readonly open: Map<string, OpenLines>;
  private started = false;
  private path = '';
  private from = 0;

  /** @param open exchanges without an outcome, of this and older epochs: a later one may have ended those of an earlier */
  constructor(open: Map<string, OpenLines>) { this.open = open; }

  begin(path: string): void {
    this.path = path;
    this.from = this.last + 1;
  }

  end(): void { this.segments.push({ path: this.path, first: this.from, last: this.last }); }

  tell(line: SpoolLine): void {
    if (line.kind === 'R') this.reserved(line);
    else if (line.kind === 'S') this.marked(line);
    else if (line.kind === 'A') this.add(line.key, { answered: line });
    else if (line.kind === 'C') this.add(line.key, { checkpoint: line });
    else this.recorded(line);
  }

  private marked({ key, json }: SpoolLine): void {
    if (json.length > noForms.length) this.forms = json.toString();
    this.reach(Number(key));
  }

  /** May come twice: it is carried along when its file goes. */
  private reserved(line: SpoolLine): void {
    const known = this.open.get(line.key);
    this.open.set(line.key, { reserved: line, answered: known?.answered, checkpoint: known?.checkpoint });
  }

  private add(chargeId: string, what: Partial<OpenLines>): void {
    const known = this.open.get(chargeId);
    if (known) Object.assign(known, what);
  }

  private recorded(line: SpoolLine): void {
    const sequence = Number.parseInt(line.key, 10);
    if (line.kind === 'O') this.open.delete(line.key.slice(line.key.indexOf(':') + 1));
    if (!this.started) this.reach(sequence - 1);
    this.last = Math.max(this.last, sequence);
  }

  /** All records up to here were written, whether they can still be read or not. */
  private reach(sequence: number): void {
    if (!this.started) {
      this.first = sequence + 1;
      this.from = this.first;
    }
    this.started = true;
    this.last = Math.max(this.last, sequence);
  }
}
