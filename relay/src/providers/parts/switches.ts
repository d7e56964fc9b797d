/** How an operator wants one channel's requests put into other words (dialects 3 to 5, 10; providers 6). */
import { flagOf, objectOf } from './switch-values.ts';
import type { JsonObject } from '../../dialects/chat-event.ts';
import { text } from '../../dialects/json-member.ts';
import { type AbilityRule, readAbilities } from './ability-rules.ts';

export interface Switches {
  /** `strict`: what would be dropped or approximated is refused. `lenient`: some of what would be refused is dropped. */
  readonly loss: 'usual' | 'strict' | 'lenient';
  /** Members that the contract does not name are refused, not dropped. */
  readonly refusesUnknown: boolean;
  /** Of openai-chat: answers are put in order; undefined: only what the provider is known to get wrong. */
  readonly repair: boolean | undefined;
  /** Clients read the name of the model that they asked for, and not the provider's. */
  readonly echoesModel: boolean;
  /** Names of users stand in front of what they say, where the upstream knows no names. */
  readonly userNames: boolean;
  /** Of openai-chat: thoughts stand in `reasoning` too. */
  readonly alsoReasoning: boolean;
  /** Of anthropic-messages: the provider caches by itself. */
  readonly autoCache: boolean;
  /** A search of the web that the provider runs is put into the words of another. */
  readonly mapsSearch: boolean;
  /** Tools that a client runs, whose form only its own dialect knows, are described to others as functions. */
  readonly typedTools: boolean;
  /** What the provider can do, where the operator knows better. */
  readonly abilities: readonly AbilityRule[] | undefined;
}

export const usualSwitches: Switches = Object.freeze({
  loss: 'usual', refusesUnknown: false, repair: undefined, echoesModel: true, userNames: false, alsoReasoning: false, autoCache: false, mapsSearch: true,
  typedTools: false, abilities: undefined,
});

const names = ['loss', 'unknown', 'repair', 'echo_model', 'name_prefix', 'reasoning_member', 'auto_cache', 'map_web_search', 'typed_tools', 'capabilities'];

/** @param texts `settings`, and `setting`, which says it where the first does not. The same object for all channels that say nothing. */
export function readSwitches(settings: JsonObject, setting: string | null | undefined): Switches {
  const said = { ...objectOf(setting), ...settings };
  if (!names.some((name) => Object.hasOwn(said, name))) return usualSwitches;
  const loss = text(said['loss']);
  return Object.freeze({
    loss: loss === 'strict' || loss === 'lenient' ? loss : 'usual',
    refusesUnknown: said['unknown'] === 'reject',
    repair: flagOf(said['repair']),
    echoesModel: said['echo_model'] !== 'upstream',
    userNames: flagOf(said['name_prefix']) ?? false,
    alsoReasoning: flagOf(said['reasoning_member']) ?? false,
    autoCache: flagOf(said['auto_cache']) ?? false,
    mapsSearch: flagOf(said['map_web_search']) ?? true,
    typedTools: flagOf(said['typed_tools']) ?? false,
    abilities: readAbilities(said['capabilities']),
  });
}
