/** What each model of this dialect takes (providers 4.5). The first row that fits; a model we do not know is taken for the newest. */
export interface ModelRow {
  readonly thinking: 'level' | 'budget' | 'none';
  /** Of thoughts, in tokens; `least` 0: they can be off. */
  readonly least: number;
  readonly most: number;
  /** Takes JSON Schema as it is, where older ones take a part of OpenAPI's. */
  readonly jsonSchema: boolean;
  /** A schema for the answer, and tools, in one request. */
  readonly schemaWithTools: boolean;
  /** Wants its signatures back with the calls that it made. */
  readonly signedCalls: boolean;
}

const newest: ModelRow = { thinking: 'level', least: 128, most: 32_768, jsonSchema: true, schemaWithTools: true, signedCalls: true };
const middle = { thinking: 'budget', jsonSchema: true, schemaWithTools: false, signedCalls: false } as const;
const old: ModelRow = { thinking: 'none', least: 0, most: 0, jsonSchema: false, schemaWithTools: false, signedCalls: false };

const rows: readonly (readonly [RegExp, ModelRow])[] = [
  [/2\.5-flash-lite/, { ...middle, least: 0, most: 24_576 }],
  [/2\.5-flash/, { ...middle, least: 0, most: 24_576 }],
  [/2\.5/, { ...middle, least: 128, most: 32_768 }],
  [/gemini-(1|2\.0|pro$|pro-vision)|gemma|learnlm/, old],
];

export const modelRow = (model: string): ModelRow => rows.find(([pattern]) => pattern.test(model))?.[1] ?? newest;

/** The smallest budget above 0 that the model takes. */
export const leastThought = (model: string): number => (/2\.5-flash-lite/.test(model) ? 512 : modelRow(model).least);

export const isPro = (model: string): boolean => /pro/.test(model);
