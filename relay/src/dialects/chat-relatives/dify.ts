/** Applications of Dify: https://docs.dify.ai/guides/application-publishing/developing-with-apis (providers 5). They keep their own history. */
import type { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import type { Codec } from '../dialect.ts';
import { isObject, member, parseJson, text, wire } from '../json-member.ts';
import { cannot } from '../request/losses.ts';
import { toDataUrl } from '../request/media.ts';
import { chatRelative, failed, grows, type Said, stops } from './chat-relative.ts';
import { plainMessages } from './plain-messages.ts';

type Kind = 'chat' | 'completion' | 'workflow';

const paths: Readonly<Record<Kind, string>> = { chat: '/v1/chat-messages', completion: '/v1/completion-messages', workflow: '/v1/workflows/run' };
const headings = { system: 'SYSTEM', user: 'USER', assistant: 'ASSISTANT' } as const;

export const difyChat = difyApp('chat');
export const difyCompletion = difyApp('completion');
export const difyWorkflow = difyApp('workflow');

function difyApp(kind: Kind): Codec {
  return chatRelative({
    name: `dify-${kind}`,
    path: paths[kind],
    write: (chat, request) => {
      const files = filesOf(request), query = queryOf(chat);
      if (!Array.isArray(files)) return files;
      const inputs: JsonObject = kind === 'chat' ? {} : { query };
      return wire({
        inputs, query: kind === 'chat' ? query : undefined, response_mode: chat['stream'] === true ? 'streaming' : 'blocking', user: text(chat['user']) ?? 'weir',
        files: files.length ? files : undefined, auto_generate_name: kind === 'chat' ? false : undefined,
      });
    },
    newTranslator: () => {
      const progress = { spoke: false };
      return ({ data }) => {
        const event = parseJson(data);
        return isObject(event) ? said(event, progress) : [];
      };
    },
    whole: (answer) => {
      const outputs = member(answer['data'], 'outputs'), content = text(answer['answer']) ?? (outputs === undefined ? undefined : outputText(outputs));
      if (content === undefined) return undefined;
      const usage = member(answer['metadata'], 'usage') ?? totalOf(answer['data']);
      return wire({ id: answer['message_id'] ?? answer['workflow_run_id'], choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }], usage });
    },
  });
}

function said(event: JsonObject, progress: { spoke: boolean }): Said[] {
  const data = event['data'];
  switch (event['event']) {
    case 'message':
    case 'agent_message': progress.spoke = true; return [grows({ content: event['answer'] ?? '' }, wire({ id: event['message_id'] }))];
    case 'text_chunk': progress.spoke = true; return [grows({ content: member(data, 'text') ?? '' })];
    case 'message_end': return ended(member(event['metadata'], 'usage'));
    case 'workflow_finished': {
      // Of a chat the message follows, or came before; a workflow on its own says everything here.
      if (event['conversation_id'] !== undefined) return [];
      if (member(data, 'status') === 'failed') return [failed(text(member(data, 'error')) ?? 'The workflow failed.')];
      return [...(progress.spoke ? [] : [grows({ content: outputText(member(data, 'outputs')) })]), ...ended(totalOf(data))];
    }
    case 'error': return [failed(text(event['message']) ?? 'The provider failed.', text(event['code']))];
    default: return [];
  }
}

const ended = (usage: Json | undefined): Said[] => [stops('stop', isObject(usage) ? usage : undefined), 'end'];

/** Workflows tell one number: what all their models wrote and read. */
function totalOf(data: Json | undefined): JsonObject | undefined {
  const total = member(data, 'total_tokens');
  return typeof total === 'number' ? { prompt_tokens: 0, completion_tokens: total, total_tokens: total } : undefined;
}

function outputText(outputs: Json | undefined): string {
  if (!isObject(outputs)) return text(outputs) ?? '';
  const [only, ...others] = Object.values(outputs);
  return typeof only === 'string' && others.length === 0 ? only : JSON.stringify(outputs);
}

/** The whole conversation under headings; a single question as it is. */
function queryOf(chat: JsonObject): string {
  const messages = plainMessages(chat), [only] = messages;
  if (messages.length === 1 && only?.role === 'user') return only.content;
  return messages.map(({ role, content }) => `${headings[role]}:\n${content}`).join('\n\n');
}

/** Bytes go ahead of the request (`filesTo` of the provider), which then names them by their id. Files of other houses cannot be had. */
function filesOf({ messages }: ChatRequest): Json[] | Failure {
  const files: Json[] = [];
  for (const [index, message] of messages.entries()) {
    for (const [place, part] of message.parts.entries()) {
      if ((part.kind !== 'image' && part.kind !== 'file') || 'text' in part.source) continue;
      const { source } = part, type = part.kind === 'image' ? 'image' : 'document';
      if ('fileId' in source) return cannot(`messages[${index}].content[${place}]`, 'must be an address or bytes: this provider does not know that file');
      files.push('url' in source ? { type, transfer_method: 'remote_url', url: source.url } : { type, transfer_method: 'local_file', upload_file_id: toDataUrl(source) });
    }
  }
  return files;
}

export const difyOf = (kind: string): Codec => {
  if (kind === 'workflow') return difyWorkflow;
  return kind === 'completion' ? difyCompletion : difyChat;
};
