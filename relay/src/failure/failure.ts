import { catalogue, type FailureCode } from './catalogue.ts';

export type Entry = { status: number; blame: 'caller' | 'relay' | 'upstream'; retry: 'never' | 'other-channel'; say: string };

/** What the client may be told beyond the sentence of the catalogue. */
export interface FailureDetails {
  /** Replaces the sentence of the catalogue; must be safe to show to a client. */
  say?: string;
  /** The member of the request that is wrong, for example `messages[2].role`. */
  param?: string;
  /** The model that was asked for: whether it may be had is said before what else is wrong (semantics 5). */
  model?: string;
  /** Replaces the status of the catalogue: what the upstream answered, where the client should see the same. */
  status?: number;
  /** The word by which the upstream named its refusal (`context_length_exceeded`): clients branch on it. */
  upstreamCode?: string;
  /** The kind that it said it is (`invalid_request_error`). */
  upstreamType?: string;
  /** Of a call that got no answer: whether the upstream may have read it. */
  sent?: boolean;
  /** What the upstream said, as it said it: for clients that speak its dialect, where nothing in it must be hidden (dialects 9.3). */
  verbatim?: string;
  /** For the log only. Never shown. */
  note?: string;
  retryAfterSeconds?: number;
  /** Whoever is asked will refuse it: too long, or not allowed to be asked (dialects 9.3). Nobody is asked again. */
  incurable?: true;
  /** The provider charges for this refusal, and so does the operator (semantics 1.7). Nobody is asked again. */
  violation?: true;
}

/** A refusal or breakdown that the world may cause. News, not a bug: it is returned, carries no stack, and is never thrown. */
export class Failure {
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, details: FailureDetails = {}) {
    this.code = code;
    this.details = details;
  }

  get entry(): Entry { return catalogue[this.code]; }
  get status(): number { return this.details.status ?? this.entry.status; }
  get say(): string { return this.details.say ?? this.entry.say; }
}
