/** Tasks and drawings. Own rows do not tell the channel; drawings count milliseconds. */
import { quotaNumber, unixSeconds, type Node, type RestView } from '../view.ts';

const rowOf = (id: string | null | undefined): number => Number((id ?? '0').replace(/^\D+/, ''));

const taskSelection = 'legacyId createdAt updatedAt taskId platform ownerId group quota action status failReason submittedAt startedAt finishedAt progress model upstreamModel input data';

const task = (row: Node): Record<string, unknown> => ({
  id: Number(row.legacyId), created_at: unixSeconds(row.createdAt), updated_at: unixSeconds(row.updatedAt), task_id: row.taskId, platform: row.platform, user_id: rowOf(row.ownerId),
  group: row.group, channel_id: rowOf(row.channelId), quota: quotaNumber(row.quota), action: row.action, status: row.status, fail_reason: row.failReason,
  submit_time: unixSeconds(row.submittedAt), start_time: unixSeconds(row.startedAt), finish_time: unixSeconds(row.finishedAt), progress: `${row.progress}%`,
  properties: { input: row.input, upstream_model_name: row.upstreamModel, origin_model_name: row.model }, data: row.data ?? {},
});

export const legacyTask: RestView = { name: 'LegacyTask', on: 'Task', selection: `${taskSelection} channelId`, encode: task };
export const legacyOwnTask: RestView = { name: 'LegacyOwnTask', on: 'Task', selection: taskSelection, encode: task };

const drawingSelection = `legacyId code ownerId action mjId prompt promptEn description state submittedAt startedAt finishedAt imageUrl videoUrl videoUrls status progress failReason quota
  buttons properties`;

const milliseconds = (at: string | null | undefined): number => (at ? Date.parse(at) : 0);

const drawing = (row: Node): Record<string, unknown> => ({
  id: Number(row.legacyId), code: row.code, user_id: rowOf(row.ownerId), action: row.action, mj_id: row.mjId, prompt: row.prompt, prompt_en: row.promptEn, description: row.description,
  state: row.state, submit_time: milliseconds(row.submittedAt), start_time: milliseconds(row.startedAt), finish_time: milliseconds(row.finishedAt), image_url: row.imageUrl,
  video_url: row.videoUrl, video_urls: JSON.stringify(row.videoUrls), status: row.status, progress: `${row.progress}%`, fail_reason: row.failReason, channel_id: rowOf(row.channelId),
  quota: quotaNumber(row.quota), buttons: JSON.stringify(row.buttons), properties: JSON.stringify(row.properties),
});

export const legacyDrawing: RestView = { name: 'LegacyDrawing', on: 'Drawing', selection: `${drawingSelection} channelId`, encode: drawing };
export const legacyOwnDrawing: RestView = { name: 'LegacyOwnDrawing', on: 'Drawing', selection: drawingSelection, encode: drawing };
