/** Names of options, in the spelling that is stored and in the snake case that some clients send. */
import { snakeCase } from '../../kernel/snake-case.ts';
import { priceOptions, type PriceOptionKey } from '../price/price-fields.ts';
import { ruleKeys } from '../price/rule-maps.ts';
import { optionKeys } from './option-registry.ts';

export const priceKeys = Object.keys(priceOptions) as PriceOptionKey[];
export const allKeys: readonly string[] = [...optionKeys, ...priceKeys, ...ruleKeys, 'GroupRatio', 'UserUsableGroups'];

const bySnakeCase = new Map(allKeys.map((key) => [snakeCase(key), key]));

/** The stored spelling; a name that is neither stays as it is. */
export const storedName = (name: string): string => (allKeys.includes(name) ? name : (bySnakeCase.get(name) ?? name));
