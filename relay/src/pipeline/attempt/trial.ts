import type { ModelSettings } from '../../models/model-settings.ts';
import type { Failure } from '../../failure/failure.ts';

/** What an attempt is among those of its exchange. */
export interface Trial {
  /** From 0. */
  readonly index: number;
  /** Why the one before failed. */
  readonly last: { readonly failure: Failure; readonly status: number } | undefined;
  /** Who pays; 0: nobody. */
  readonly userId: number;
  /** An operator tests the channel. */
  readonly isTest: boolean;
  /** Bodies go upstream as they came, on every channel. */
  readonly passBody: boolean;
  readonly models: ModelSettings;
}
