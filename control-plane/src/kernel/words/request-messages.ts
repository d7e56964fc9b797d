/** What is wrong with one parameter of a request; the parameter's name stands before it. */
export const requestMessages = {
  param_missing: { zh: '缺失', en: 'is missing' },
  param_type: { zh: '类型不正确', en: 'has the wrong type' },
  param_text: { zh: '须为文本', en: 'must be text' },
  param_integer: { zh: '须为整数', en: 'must be a whole number' },
  param_number_size: { zh: '须为范围内的整数', en: 'must be a whole number of the usual size' },
  param_flag: { zh: '须为 true 或 false', en: 'must be true or false' },
  param_time: { zh: '不是有效的时间', en: 'is not a time' },
  param_json: { zh: '不是有效的 JSON', en: 'is not valid JSON' },
  param_list: { zh: '须为列表', en: 'must be a list' },
  param_object: { zh: '须为对象', en: 'must be an object' },
  param_id: { zh: '须为正整数 id', en: 'must be the number of a row' },
  param_one_of: { zh: '须为以下之一：', en: 'must be one of' },
  param_not_allowed: { zh: '不在允许的取值之内', en: 'is not one of the allowed values' },
  param_characters: { zh: '含有无法存储的字符（U+0000 或半个代理对）', en: 'holds a character that cannot be stored (U+0000 or half a surrogate pair)' },
  body_object: { zh: '请求体须为 JSON 对象', en: 'the body must be a JSON object' },
  body_json: { zh: '请求体不是有效的 JSON', en: 'the body is not valid JSON' },
} as const;
