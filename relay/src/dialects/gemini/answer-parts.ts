/** Neutral parts as parts of this dialect, in answers and in requests alike (dialects 5.4, 6.10). */
import type { JsonObject, Part } from '../chat-event.ts';
import { wire } from '../json-member.ts';
import { toInput } from '../request/tool-input.ts';

export const textPart = (text: string): JsonObject => ({ text });

export const thoughtPart = (text: string, signature: string | undefined): JsonObject => wire({ text, thought: true, thoughtSignature: signature });

export const callPart = ({ id, name, arguments: args }: Part & { kind: 'tool-call' }, signature: string | undefined): JsonObject =>
  wire({ functionCall: wire({ id: id === '' ? undefined : id, name, args: toInput(args) }), thoughtSignature: signature });

export const dataPart = ({ base64, mime }: { base64: string; mime: string }): JsonObject => ({ inlineData: { mimeType: mime, data: base64 } });
