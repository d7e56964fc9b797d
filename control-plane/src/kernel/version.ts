/** Of this build; shown in the console, in /api/status and in the OpenAPI document. */
export const version = '0.1.0';
