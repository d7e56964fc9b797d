/** What clients are told, in Chinese (relay-api 3, D17): the sentences of the catalogue, and those that name something. */
import type { FailureCode } from './catalogue.ts';
import { Failure } from './failure.ts';

const sentences: Readonly<Record<FailureCode, string>> = {
  invalid_request: '请求无效。',
  bad_request_body: '请求体不是有效的 JSON。',
  read_request_body_failed: '请求体超过此接口允许的大小。',
  headers_too_large: '请求头过大。',
  invalid_api_key: 'Token无效。',
  token_expired: 'Token已过期。',
  access_denied: '此 Token 无权执行该操作。',
  insufficient_user_quota: '配额不足：余额不足以支付此请求。',
  pre_consume_token_quota_failed: '配额不足：此 Token 的额度不足以支付此请求。',
  model_price_error: '该模型没有价格，请联系管理员设置。',
  invalid_url: '此地址不存在。',
  sensitive_words_detected: '提示词包含不允许的内容。',
  rate_limit_exceeded: '您已达到请求次数限制，请稍后再试。',
  loop_detected: '此请求经过本网关的次数过多。',
  unknown_model: '该模型不存在。',
  convert_request_failed: '此请求无法转换为该模型的供应商所支持的形式。',
  client_gone: '客户端已断开。',
  api_not_implemented: '接口未实现',
  model_not_found: '渠道不可用：当前没有渠道提供该模型。',
  quota_authority_unavailable: '暂时无法核对配额，请稍后再试。',
  billing_backpressure: '待入账的费用过多，请稍后再试。',
  config_stale: '此中继没有最新配置，请稍后再试。',
  upload_not_held: '暂时无法保存上传的表单，请稍后再试。',
  system_cpu_overloaded: '系统繁忙，请稍后再试。',
  system_memory_overloaded: '系统内存不足，请稍后再试。',
  draining: '此中继正在关闭，请重试。',
  internal: '服务器内部错误。',
  do_request_failed: '无法连接供应商。',
  upstream_timeout_connect: '连接供应商超时。',
  upstream_timeout_first_byte: '供应商未能及时开始响应。',
  upstream_timeout_idle: '供应商停止响应。',
  bad_response_status_code: '供应商拒绝了此请求。',
  bad_response_body: '无法读取供应商的响应。',
  empty_response: '供应商返回了空响应。',
  answer_cut: '响应中断。',
  'channel:no_available_key': '渠道不可用：没有可用的密钥。',
  'channel:invalid_key': '渠道不可用：供应商拒绝了渠道的密钥。',
  'channel:not_served': '渠道不可用：渠道不提供此接口。',
  'channel:override_invalid': '渠道不可用：渠道的覆盖规则无法读取。',
  'channel:model_mapped_error': '渠道不可用：渠道的模型映射存在循环。',
};

/** Sentences of our own that name something; others stay as they are. */
const named: readonly (readonly [RegExp, string])[] = [
  [/^`([^`]+)` is required\.$/, '缺少 `$1`。'],
  [/^`([^`]+)` must be a list\.$/, '`$1` 必须是列表。'],
  [/^`([^`]+)` must be true or false\.$/, '`$1` 必须是 true 或 false。'],
  [/^`([^`]+)` must be a whole number from (\d+) to (\d+)\.$/, '`$1` 必须是 $2 到 $3 之间的整数。'],
  [/^`([^`]+)` must be a text that is not empty\.$/, '`$1` 必须是非空文本。'],
  [/^Invalid URL \((.+)\)$/, '无效的地址（$1）'],
  [/^The body must be a JSON object\.$/, '请求体必须是 JSON 对象。'],
  [/^The body is empty\.$/, '请求体为空。'],
  [/^No available channel for model (.+) under group (.+) \(distributor\)$/, '渠道不可用：分组 $2 下没有提供模型 $1 的渠道'],
  [/^This API key may not use the model (.+)\.$/, '此 Token 无权使用模型 $1。'],
  [/^You may not use the group (.+)\.$/, '无权使用分组 $1。'],
  [/^The group (.+) no longer exists\.$/, '分组 $1 已不存在。'],
  [/^The model '(.+)' does not exist$/, '模型 $1 不存在'],
  [/^The model (.+) has no price\. Set one .*$/, '模型 $1 没有价格，请在价格设置中添加（ModelRatio 或 ModelPrice），或开启自用模式。'],
  [/^The model (.+) has no price\. .*$/, '模型 $1 没有价格，请联系管理员设置。'],
  [/^The quota of this API key is used up\.$/, '配额不足：此 Token 的额度已用尽。'],
  [/^There is no platform (.+)\.$/, '平台 $1 不存在。'],
  [/^You have reached the limit of (\d+) (answered )?requests in (\d+) minutes?\.$/, '您已达到每 $3 分钟 $1 次请求的限制。'],
  [/^Only keys of administrators may name a channel\.$/, '只有管理员的 Token 可以指定渠道。'],
];

/** Who reads Chinese first. */
const readsChinese = /^\s*zh\b/i;

/** The failure for a client with this `Accept-Language`. */
export const inLanguageOf = (acceptLanguage: string, failure: Failure): Failure => (readsChinese.test(acceptLanguage) ? inChinese(failure) : failure);

/** What the upstream said stays in its words. */
function inChinese(failure: Failure): Failure {
  const { code, details } = failure;
  if (details.verbatim !== undefined) return failure;
  if (details.say === undefined) return new Failure(code, { ...details, say: sentences[code] });
  const known = named.find(([words]) => words.test(failure.say));
  return known ? new Failure(code, { ...details, say: failure.say.replace(known[0], known[1]) }) : failure;
}
