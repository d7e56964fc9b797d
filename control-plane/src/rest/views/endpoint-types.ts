/** Dialects of a provider under the names that new-api clients have for endpoints. */
export const endpointTypes: Readonly<Record<string, string>> = { 'openai-chat': 'openai', 'openai-responses': 'openai-response', 'anthropic-messages': 'anthropic', gemini: 'gemini' };
