import type { AnswerEditor, AnswerEdits } from '../dialect.ts';
import { EventEditor, type EventEdit } from './event-editor.ts';
import { BodyModelEcho, modelEcho, type ModelPlace } from './model-echo.ts';

/** The editor for what has to be edited; undefined for nothing. */
export function answerEditor(edits: AnswerEdits, dialect: { usageChunk?: EventEdit; repair?: () => EventEdit; model: ModelPlace; bodyModel?: ModelPlace; member?: string }): AnswerEditor | undefined {
  if (!edits.stream) return edits.model === undefined ? undefined : new BodyModelEcho(edits.model, dialect.bodyModel);
  const steps = [
    ...(edits.repair && dialect.repair ? [dialect.repair()] : []),
    ...(edits.dropUsage && dialect.usageChunk ? [dialect.usageChunk] : []),
    ...(edits.model === undefined ? [] : [modelEcho(edits.model, dialect.model, dialect.member)]),
  ].map((edit) => new EventEditor(edit));
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
