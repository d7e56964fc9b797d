import type { AnswerEditor, AnswerEdits } from '../dialect.ts';
import { EndMarkFilter } from './end-mark-filter.ts';
import { EventEditor, type EventEdit } from './event-editor.ts';
import { BodyModelEcho, modelEcho, type ModelPlace } from './model-echo.ts';

export interface EditedDialect {
  usageChunk?: EventEdit;
  repair?: () => EventEdit;
  /** Its streams end without a mark. */
  endless?: true;
  model: ModelPlace;
  bodyModel?: ModelPlace;
  member?: string;
}

/** The editor for what has to be edited; undefined for nothing. */
export function answerEditor(edits: AnswerEdits, dialect: EditedDialect): AnswerEditor | undefined {
  if (!edits.stream) return edits.model === undefined ? undefined : new BodyModelEcho(edits.model, dialect.bodyModel);
  const steps = [
    ...(edits.repair && dialect.repair ? [dialect.repair()] : []),
    ...(edits.dropUsage && dialect.usageChunk ? [dialect.usageChunk] : []),
    ...(edits.model === undefined ? [] : [modelEcho(edits.model, dialect.model, dialect.member)]),
  ].map((edit): AnswerEditor => new EventEditor(edit));
  if (dialect.endless) steps.push(new EndMarkFilter());
  return steps.length > 1 ? inRow(steps) : steps[0];
}

function inRow(steps: readonly AnswerEditor[]): AnswerEditor {
  const through = (pieces: Buffer[], from: number): Buffer[] =>
    steps.slice(from).reduce((flow, step) => flow.flatMap((piece) => step.push(piece)), pieces);
  return {
    push: (chunk) => through([chunk], 0),
    end: () => steps.flatMap((step, index) => through(step.end(), index + 1)),
  };
}
