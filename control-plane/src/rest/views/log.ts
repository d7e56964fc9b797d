/** Rows of the log, as new-api clients know them. `other` holds what they compute the charge from again (semantics 10.2). */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { audioApart, toolsOf } from './log-tools.ts';
import { quotaNumber, unixSeconds, type Node, type RestView } from '../view.ts';

const selection = `legacyId userId at type content username tokenName tokenId model mappedModel quota promptTokens completionTokens durationMs firstTokenMs stream channelId
  channelName group ip requestId endpoint httpStatus errorCode attempts { channelId keyIndex effort promptOverwritten overridden } usage { source end tokens { cacheRead cacheWrite cacheWrite1h inputImage inputAudio outputAudio } }
  pricing { mode modelRatio groupRatio special callPrice quotaPerUnit lines { name tokens ratio subtotal } expression tier }`;

function prices({ pricing, usage, promptTokens, completionTokens }: Node): Record<string, unknown> {
  if (!pricing || !usage) return {};
  const ratioOf = (name: string, unset: number): number => Number(pricing.lines.find((line: Node) => line.name === name)?.ratio ?? unset);
  const { cacheRead, cacheWrite, cacheWrite1h, inputImage, inputAudio, outputAudio } = usage.tokens;
  return {
    ...(pricing.expression && { billing_mode: 'tiered_expr', expr_b64: Buffer.from(pricing.expression).toString('base64'), matched_tier: pricing.tier ?? '' }),
    model_ratio: Number(pricing.modelRatio), group_ratio: Number(pricing.groupRatio), user_group_ratio: pricing.special ? Number(pricing.groupRatio) : -1, completion_ratio: ratioOf('output', 1),
    model_price: pricing.mode === 'PER_CALL' ? Number(pricing.callPrice) : -1, cache_tokens: cacheRead, cache_ratio: ratioOf('cache_read', 1),
    ...(cacheWrite + cacheWrite1h > 0 && {
      cache_creation_tokens: cacheWrite + cacheWrite1h, cache_creation_ratio: ratioOf('cache_write', 1.25),
      cache_creation_tokens_5m: cacheWrite, cache_creation_ratio_5m: ratioOf('cache_write', 1.25), cache_creation_tokens_1h: cacheWrite1h, cache_creation_ratio_1h: ratioOf('cache_write_1h', 2),
    }),
    ...(inputImage > 0 && { image: true, image_output: inputImage, image_ratio: ratioOf('input_image', 1) }),
    ...(inputAudio + outputAudio > 0 && {
      audio: true, audio_input: inputAudio, audio_output: outputAudio, audio_ratio: ratioOf('input_audio', 1),
      audio_completion_ratio: ratioOf('output_audio', 1) / (ratioOf('input_audio', 1) || 1), text_input: promptTokens - inputAudio, text_output: completionTokens - outputAudio,
    }),
    ...audioApart(pricing),
    // Cached tokens are inside the input here, whatever dialect reported them.
    usage_semantic: 'openai', input_tokens_total: promptTokens, ...toolsOf(pricing),
  };
}

/** Semantics 4.3. An answer has one end, so it has one error at most. */
function streamStatus(end: string, errorCode: string | null): Record<string, unknown> {
  const ended = end === 'COMPLETE', error = ended ? '' : (errorCode ?? end.toLowerCase());
  return { status: ended ? 'ok' : 'error', end_reason: end.toLowerCase(), end_error: error, error_count: ended ? 0 : 1, errors: ended ? [] : [error] };
}

/** What was done to the request on the way that counts. */
const shapedBy = (attempt: Node | undefined): Record<string, unknown> => ({
  ...(attempt?.effort && { reasoning_effort: attempt.effort }), ...(attempt?.promptOverwritten && { is_system_prompt_overwritten: true }), ...(attempt?.overridden && { po: true }),
});

function adminInfo(attempts: readonly Node[], source: string): Record<string, unknown> {
  const keyIndex: unknown = attempts.at(-1)?.keyIndex;
  return {
    use_channel: attempts.map(({ channelId }) => String(channelId)), is_multi_key: typeof keyIndex === 'number', multi_key_index: keyIndex ?? 0, local_count_tokens: source === 'ESTIMATED',
  };
}

/** Rows of failures have no text of their own. */
const textOf = ({ content, errorCode, httpStatus }: Node): string => content || (errorCode ? `status_code=${httpStatus ?? 0}, ${errorCode}` : '');

function other(log: Node, isAdmin: boolean): string {
  const { usage, errorCode, httpStatus, mappedModel, attempts } = log;
  if (!usage) return '';
  return JSON.stringify({
    ...prices(log), frt: log.firstTokenMs ?? 0, request_path: log.endpoint,
    ...shapedBy(attempts.at(-1)), ...(mappedModel && { is_model_mapped: true, upstream_model_name: mappedModel }),
    ...(errorCode && { error_type: 'relay_error', error_code: errorCode, status_code: httpStatus, channel_id: Number(log.channelId ?? 0), ...(isAdmin && { channel_name: log.channelName }) }),
    ...(log.stream && { stream_status: streamStatus(usage.end, errorCode) }),
    ...(isAdmin && { admin_info: adminInfo(attempts, usage.source) }),
  });
}

function row(log: Node, isAdmin: boolean): Record<string, unknown> {
  const channel = Number(log.channelId ?? 0);
  return {
    id: Number(log.legacyId), user_id: Number(log.userId), created_at: unixSeconds(log.at), type: legacyInts.LogType![log.type], content: textOf(log), username: log.username,
    token_name: log.tokenName, model_name: log.model, quota: quotaNumber(log.quota), prompt_tokens: log.promptTokens, completion_tokens: log.completionTokens,
    use_time: Math.round(log.durationMs / 1000), is_stream: log.stream, channel, channel_id: channel, channel_name: isAdmin ? (log.channelName ?? '') : '', token_id: Number(log.tokenId),
    group: log.group, ip: log.ip ?? '', request_id: log.requestId ?? '', other: other(log, isAdmin),
  };
}

export const legacyLog: RestView = { name: 'LegacyLog', on: 'Log', selection, encode: (log) => row(log, true) };

/** Own rows: no channel name, nothing for administrators, and an id that does not tell how busy the instance is. */
const ownRow = (log: Node): Record<string, unknown> => ({ ...row(log, false), id: Number(log.legacyId) % 1024 });

export const legacyOwnLog: RestView = { name: 'LegacyOwnLog', on: 'Log', selection, encode: ownRow };

export const legacyTokenLogs: RestView = {
  name: 'LegacyTokenLogs', on: 'TokenLogsPayload', selection: `logs { ${selection} }`, encode: ({ logs }) => logs.map(ownRow),
};

export const legacyLogStat: RestView = {
  name: 'LegacyLogStat', on: 'LogSummary', selection: 'quota rpm tpm requests promptTokens completionTokens',
  encode: ({ quota, rpm, tpm, requests, promptTokens, completionTokens }) => ({
    quota: quotaNumber(quota), rpm, tpm: Number(tpm), requests: Number(requests), prompt_tokens: Number(promptTokens), completion_tokens: Number(completionTokens),
  }),
};

export const legacyDeletedLogs: RestView = { name: 'LegacyDeletedLogs', on: 'LogsDeletePayload', selection: 'deleted', encode: ({ deleted }) => deleted };
