import { Failure } from '../../failure/failure.ts';
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject } from '../json-member.ts';

/** Reads a request of unknown shape. Every reader answers with a value; the first fault is kept and asked for at the end. */
export class Reading {
  fault: Failure | undefined;

  wrong(param: string, must: string): void {
    this.fault ??= new Failure('invalid_request', { say: `\`${param}\` ${must}.`, param });
  }

  /** It is valid, but cannot be expressed for the upstream. */
  lost(param: string, why: string): void {
    this.fault ??= new Failure('convert_request_failed', { say: `\`${param}\` ${why}.`, param });
  }

  object(value: Json | undefined, param: string): JsonObject {
    if (isObject(value)) return value;
    this.wrong(param, 'must be an object');
    return {};
  }

  list(value: Json | undefined, param: string): Json[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.wrong(param, 'must be a list');
    return [];
  }

  text(value: Json | undefined, param: string): string | undefined {
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    this.wrong(param, 'must be a text');
    return undefined;
  }

  /** A text that must be there. */
  name(value: Json | undefined, param: string): string {
    if (typeof value === 'string' && value !== '') return value;
    this.wrong(param, value === undefined || value === null ? 'is required' : 'must be a text that is not empty');
    return '';
  }

  number(value: Json | undefined, param: string): number | undefined {
    if (value === undefined || value === null || typeof value === 'number') return value ?? undefined;
    this.wrong(param, 'must be a number');
    return undefined;
  }

  flag(value: Json | undefined, param: string): boolean | undefined {
    if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
    this.wrong(param, 'must be true or false');
    return undefined;
  }
}
