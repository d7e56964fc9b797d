/** What each model of this dialect takes (providers 4.3). The first row that fits; a model we do not know is taken for the newest. */
export interface ModelRow {
  readonly maxOutput: number;
  readonly thinking: 'adaptive' | 'either' | 'budget' | 'none';
  /** The highest effort; undefined: it takes none. */
  readonly effort: 'max' | 'xhigh' | 'high' | undefined;
  /** temperature, top_p, top_k */
  readonly sampling: boolean;
  /** Answers in a JSON schema. */
  readonly schema: boolean;
}

const newest: ModelRow = { maxOutput: 128_000, thinking: 'adaptive', effort: 'xhigh', sampling: false, schema: true };
const budget = { thinking: 'budget', effort: undefined, sampling: true } as const;
const plain = { thinking: 'none', effort: undefined, sampling: true, schema: false } as const;

const rows: readonly (readonly [RegExp, ModelRow])[] = [
  [/opus-4-[78]|opus-5|sonnet-5|fable/, newest],
  [/(opus|sonnet)-4-6/, { maxOutput: 128_000, thinking: 'either', effort: 'max', sampling: true, schema: true }],
  [/opus-4-5/, { maxOutput: 64_000, thinking: 'budget', effort: 'high', sampling: true, schema: true }],
  [/(sonnet|haiku)-4-5/, { ...budget, maxOutput: 64_000, schema: true }],
  [/opus-4-1/, { ...budget, maxOutput: 32_000, schema: true }],
  [/sonnet-4(-\d{8}|-0|@|$)/, { ...budget, maxOutput: 64_000, schema: false }],
  [/opus-4(-\d{8}|-0|@|$)/, { ...budget, maxOutput: 32_000, schema: false }],
  [/3-7-sonnet/, { ...budget, maxOutput: 64_000, schema: false }],
  [/3-5-/, { ...plain, maxOutput: 8192 }],
  [/claude-3-(haiku|opus|sonnet)|claude-2|claude-instant/, { ...plain, maxOutput: 4096 }],
];

export const modelRow = (model: string): ModelRow => rows.find(([pattern]) => pattern.test(model))?.[1] ?? newest;
