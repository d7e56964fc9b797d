/** What a feature gives to have work done in the background: a name, a way to read its input, and the work in steps. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { Clock } from '../../kernel/running/clock.ts';

/** Outcome of one step, kept for those who asked. */
export interface StepResult {
  /** Typed id of what the step was about. */
  subject?: string | null;
  ok: boolean;
  message?: string | null;
}

export interface Report {
  /** Steps that ended since the last report. */
  done?: number;
  failed?: number;
  total?: number;
  results?: readonly StepResult[];
  /** Where to go on after a crash. What was done before it must not be needed again, or must not harm when repeated. */
  state?: object;
}

/** One run of a job, as its work sees it. */
export interface JobRun<Input> {
  readonly id: number;
  readonly input: Input;
  /** What an earlier run reported last; undefined at the beginning. */
  readonly state: unknown;
  /** Steps behind it, over all runs. */
  readonly done: number;
  readonly requestedById: number | null;
  readonly clock: Clock;
  /** A new entity manager. */
  readonly fork: () => EntityManager;
  /** Aborted when it is cancelled, when this process stops and when another runner has taken over: `signal.throwIfAborted()` between steps. */
  readonly signal: AbortSignal;
  /** Writes progress, results and state in one transaction. Throws when another runner has taken over. */
  readonly report: (report: Report) => Promise<void>;
}

export interface JobKind<Input = unknown> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** Ends with what people read as the outcome. What it throws makes the job fail, with that message when it is a JobFailure. */
  readonly work: (run: JobRun<Input>) => Promise<string>;
}

/** An expected end: its message is shown to who asked for the job. */
export class JobFailure extends Error {}

/** Makes the kinds of a list one type: each is only ever given what its own `input` has read. */
export const jobKind = <Input>(kind: JobKind<Input>): JobKind => kind as JobKind;
