/**
 * Members that an operator decides about, channel by channel (semantics 3.6): they raise the price, move the work elsewhere, name the
 * person, or keep what was said.
 */
export const guardedMembers = ['service_tier', 'inference_geo', 'speed', 'safety_identifier', 'store'] as const;

/** The member of `stream_options` that is one of them. */
export const guardedOption = 'stream_options.include_obfuscation';
