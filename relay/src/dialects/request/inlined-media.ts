/** A request with the bytes of its media instead of their addresses. */
import type { ChatRequest, MediaSource, Part } from '../chat-event.ts';

/** By address. */
export type MediaByAddress = ReadonlyMap<string, { readonly base64: string; readonly mime: string }>;

export function withMedia(request: ChatRequest, media: MediaByAddress): ChatRequest {
  return { ...request, messages: request.messages.map((message) => ({ ...message, parts: message.parts.map((part) => inlined(part, media)) })) };
}

function inlined(part: Part, media: MediaByAddress): Part {
  switch (part.kind) {
    case 'tool-result': return { ...part, parts: part.parts.map((inner) => inlined(inner, media)) };
    case 'image': case 'audio': case 'file': return { ...part, source: sourceOf(part.source, media) };
    default: return part;
  }
}

const sourceOf = (source: MediaSource, media: MediaByAddress): MediaSource => ('url' in source ? media.get(source.url) ?? source : source);
