/**
 * Members of each dialect that have no place in the neutral form and that the contract knows all the same (dialects 5, 10): they are lost
 * by its rules. Any other member that is left over is unknown.
 */
const documented: Readonly<Record<string, readonly string[]>> = {
  'openai-chat': ['metadata', 'store', 'service_tier', 'prediction', 'include_obfuscation'],
  'openai-responses': ['metadata', 'service_tier', 'truncation', 'include', 'previous_response_id', 'conversation', 'prompt', 'background', 'max_tool_calls', 'context_management', 'moderation', 'stream_options'],
  'anthropic-messages': ['cache_control', 'container', 'mcp_servers', 'context_management', 'inference_geo', 'service_tier', 'speed'],
  gemini: ['safetySettings', 'cachedContent', 'labels', 'serviceTier', 'store'],
};

/** The first member of a request that nobody knows; undefined: there is none. */
export const unknownMember = (dialect: string, rest: Readonly<Record<string, object>>): string | undefined =>
  Object.keys(rest[dialect] ?? {}).find((name) => !documented[dialect]?.includes(name));
