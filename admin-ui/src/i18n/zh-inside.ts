/** Simplified Chinese behind the sign-in; words as in zh.ts. */
import type { InsideCatalogue } from './en-inside.ts';

const zhInside: InsideCatalogue = {
  live: { live: '实时', connecting: '连接中', offline: '非实时' },
  keys: {
    title: '键盘', on: '启用单字母快捷键', onAbout: '输入文字时不会触发。Ctrl K 始终可用。', search: '在列表中搜索', down: '下一行', up: '上一行',
    next: '面板中的下一个请求', previous: '面板中的上一个请求', status: '启用或禁用',
  },
  unsaved: { title: '不保存就离开？', about: '您在此处的更改将会丢失。', leave: '离开', stay: '留下' },
  overview: {
    hello: '欢迎，{{name}}', balance: '余额', used: '已用', requests: '请求数', next: '下一步',
    stepChannel: '添加渠道：在提供商处的一个账户', stepToken: '创建令牌：您的程序所出示的密钥', stepCall: '发送一个请求', stepDone: '已完成', stepWatch: '查看请求到达及其费用',
    callAbout: '将 sk-… 换成您的令牌，将模型名换成渠道中的模型。', openAi: 'OpenAI 客户端使用', anthropic: 'Anthropic 客户端使用',
  },
  token: {
    title: '令牌', about: '您的程序向中继出示的密钥。', add: '创建令牌', search: '搜索名称', none: '还没有令牌',
    noneAbout: '令牌是 OpenAI、Anthropic 等客户端使用的 API 密钥。为每个程序单独创建，便于单独限制和撤销。',
    name: '名称', status: '状态', key: '密钥', used: '已用', remaining: '剩余', models: '模型', accessed: '上次使用', expires: '过期时间', actions: '操作', more: '{{name}} 的更多操作',
    status_ENABLED: '已启用', status_DISABLED: '已禁用', status_EXPIRED: '已过期', status_EXHAUSTED: '已用尽', mend_EXPIRED: '设置更晚的日期即可再次使用。', mend_EXHAUSTED: '提高限额即可再次使用。', bothReadings: '{{money}} 即 {{quota}} 额度', noLimit: '无限制', allModels: '全部', never: '永不',
    editTitle: '编辑 {{name}}', unlimited: '自身不设限', unlimitedAbout: '仅受所有者余额限制。', quota: '还可使用', quotaAbout: '例如 5、$5 或 2,500,000 quota。', quotaWrong: '请填写金额，例如 5、$5 或 2,500,000 quota',
    expiresAbout: '留空表示永不过期。', limitModels: '仅限部分模型', modelsAbout: '每个之后按回车或逗号。不列出则一个也不允许。', allowIps: '地址', allowIpsAbout: '每行一个地址或 CIDR；留空表示不限。',
    created: '您的新密钥', use: '多数客户端只需两个变量：', deleteTitle: '删除 {{name}}？', deleteAbout: '使用它的程序将立即被拒绝。此操作无法撤销。',
  },
  log: {
    own: '日志', ownAbout: '您的请求，结束时即时显示。', all: '全部日志', allAbout: '所有人的请求，结束时即时显示。', none: '还没有请求', noneAbout: '请求结束后会自动出现在这里。',
    at: '时间', status: '状态', user: '用户', channel: '渠道', model: '模型', token: '令牌', tokens: '输入 / 输出', time: '耗时 / 首字', cost: '费用', group: '分组', kind: '类型', requestId: '请求 ID',
    filterType: '所有类型', pause: '暂停', resume: '继续', waiting_one: '{{count}} 条新记录', waiting_other: '{{count}} 条新记录', summary_one: '{{count}} 个新请求，错误：{{errors}}', summary_other: '{{count}} 个新请求，错误：{{errors}}', gap_one: '跳过了 {{count}} 条：点击加载', gap_other: '跳过了 {{count}} 条：点击加载', showOlder: '显示更早的记录',
    type_CONSUME: '成功', type_ERROR: '错误', type_TOPUP: '充值', type_MANAGE: '管理', type_SYSTEM: '系统', type_REFUND: '退款',
    detail: '请求', gone: '此记录不存在，或不属于您', endpoint: '接口', duration: '耗时', firstToken: '首字时间', ending: '结束方式', error: '错误', attempts: '尝试', delivered: '已送达', onChannel: '渠道 {{id}}',
    end_NONE: '非流式', end_COMPLETE: '完整', end_CLIENT_GONE: '客户端已断开', end_CUT: '回答中断', end_UPSTREAM_ERROR: '提供商报告错误', end_CRASH: '崩溃后恢复',
    arithmetic: '费用如何得出', factors: '每行为 词元数 × 倍率 × 模型倍率 {{model}} × 分组倍率 {{group}}。', factorsTiered: '表达式给出百万分之一美元：× {{unit}} / 1,000,000 额度 × 分组倍率 {{group}}。', tier: '档位：{{tier}}', factorsCall: '{{dollars}} 美元 × {{unit}} 额度 × 分组倍率 {{group}}。',
    source_UPSTREAM: '词元数由提供商报告。', source_ESTIMATED: '提供商未报告词元数：由本站计数。', source_CHECKPOINT: '崩溃前最后一个检查点的词元数。', source_NONE: '没有用量。',
    line: '项目', count: '词元', ratio: '倍率', subtotal: '额度', sum: '合计', charged: '计费，仅取整一次',
    line_input: '输入', line_cache_read: '缓存读取', line_cache_write: '缓存写入，5 分钟', line_cache_write_1h: '缓存写入，1 小时', line_input_image: '图像输入', line_input_audio: '音频输入',
    line_output: '输出', line_output_audio: '音频输出', line_call: '请求', line_expression: '表达式', line_hold: '预扣金额：表达式计算失败',
  },
  channel: {
    title: '渠道', about: '为您的模型提供服务的提供商账户。', add: '添加渠道', search: '搜索名称、地址或标签', none: '还没有渠道',
    noneAbout: '渠道是在提供商处的一个账户，包含其凭证和模型。请求会发往列出该模型的渠道。',
    name: '名称', type: '提供商', status: '状态', models: '模型', groups: '分组', order: '优先级 / 权重', spent: '已用', lastTest: '上次测试', actions: '操作', more: '{{name}} 的更多操作',
    status_ENABLED: '已启用', status_DISABLED: '已禁用', status_AUTO_DISABLED: '因错误被禁用',
    reveal: '查看密钥', revealTitle: '{{name}} 的密钥', revealAbout: '本次查看已记入日志。', test: '测试', testAll: '测试全部', testingAll: '已测试 {{done}} / {{total}}', testedAll: '已测试渠道：{{done}}，失败：{{failed}}。{{message}}', testPassed: '{{name}} 在 {{time}} 内应答', testFailed: '{{name}} 未通过测试',
    deleteTitle: '删除 {{name}}？', deleteAbout: '对其模型的请求将转到其他渠道；若没有其他渠道则会失败。日志和费用会保留。',
    editTitle: '编辑 {{name}}', credential: '凭证', credentialNew: '提供商的 API 密钥。多个密钥每行一个，轮流使用。', credentialKeep: '留空则保留已存的凭证。更换提供商或地址时需重新填写。',
    baseUrl: '地址', baseUrlAbout: '留空则使用提供商的地址。', modelsAbout: '客户端请求的名称。每个之后按回车或逗号。', groupsAbout: '接收哪些分组的请求。',
    priority: '优先级', priorityAbout: '较大者优先', weight: '权重', weightAbout: '同级之间的份额', mapping: '模型映射', mappingAbout: '请求的模型到提供商模型，JSON 对象。', mappingWrong: '请填写一个 JSON 对象，例如 {"请求的模型": "提供商模型"}',
    testModel: '测试模型', remark: '备注',
  },
  pager: { range: '第 {{from}} 至 {{to}} 条', of: '共 {{total}} 条', previous: '上一页', next: '下一页' },
  secret: { once: '此内容只显示一次。请立即复制并妥善保存。', stored: '我已保存' },
  stepUp: {
    title: '确认是您本人', about: '此操作需要重新验证身份，验证后五分钟内有效。', none: '您没有可用的验证方式。请退出后重新登录，登录后五分钟内有效。', submit: '继续',
  },
  security: {
    title: '安全', about: '登录方式与已登录的设备。', on: '启用', off: '停用', isOn: '已启用', isOff: '未启用', never: '从未', unbind: '解绑', removeNamed: '移除 {{name}}',
    app: '身份验证器', appAbout: '使用密码登录时的第二步：手机应用显示的六位数字。', codesLeft_one: '剩余 {{count}} 个备用码', codesLeft_other: '剩余 {{count}} 个备用码',
    newCodes: '重新生成备用码', newCodesAbout: '新的备用码会替换所有旧的。请输入应用显示的六位数字。', offTitle: '停用第二步验证', offAbout: '请输入应用显示的六位数字，或备用码。',
    setUp: '设置身份验证器', scan: '请用应用扫描图片。在下方输入第一个验证码之前，不会要求第二步验证。', qr: '身份验证器二维码', typeIn: '或手动输入：',
    codes: '备用码', codesAbout: '应用丢失时，每个可登录一次。之后不再显示。', firstCode: '应用显示的六位数字',
    passkeys: '通行密钥', passkeysAbout: '使用设备解锁方式或安全密钥登录，无需密码和第二步验证。', addPasskey: '添加通行密钥', passkeyName: '新通行密钥的名称', passkeyTimes: '添加于 {{made}}，上次使用 {{used}}',
    bindings: '第三方账户', bindingsAbout: '可用于登录此账户的其他账户。', bind: '绑定 {{name}}', boundAt: '绑定于 {{at}}',
    sessions: '已登录的设备', sessionsAbout: '请结束您不认识的会话。更改密码或验证方式会自动结束其他会话。', endOthers: '结束其他全部', end: '结束', thisOne: '当前浏览器', sessionTimes: '{{ip}}，登录于 {{begun}}，上次活动 {{seen}}',
    accessToken: '访问令牌', accessTokenAbout: '供程序以您的身份管理此实例。新令牌会使旧令牌失效。', newAccessToken: '重新生成',
  },
  account: {
    title: '账户', about: '余额、邀请与通知方式。', balance: '余额', balanceAbout: '使用兑换码，或在支持支付的站点充值。', code: '兑换码', redeem: '兑换',
    payWith: '支付方式', amount: '数量', pay: '支付', checkIn: '签到', checkedIn: '今日已签到', checkInAbout: '每天一次，获得 {{from}} 至 {{to}}。', streak_one: '已连续 {{count}} 天', streak_other: '已连续 {{count}} 天',
    invite: '邀请', inviteAbout: '通过您的链接注册的用户会带来额度，可划转到余额。', move: '划转到余额', invited_one: '已邀请 {{count}} 人，待划转 {{pending}}，累计 {{lifetime}}', invited_other: '已邀请 {{count}} 人，待划转 {{pending}}，累计 {{lifetime}}',
    notify: '通知', notifyAbout: '余额不足时通知您。', test: '发送测试', tested: '测试通知已发送', saved: '已保存', channel: '方式', channel_EMAIL: '邮件', channel_WEBHOOK: 'Webhook 回调', channel_BARK: 'Bark 推送', channel_GOTIFY: 'Gotify 推送',
    email: '邮箱', emailAbout: '留空则使用账户邮箱。', webhookUrl: 'Webhook 地址', webhookSecret: '密钥', webhookSecretAbout: '用于签名（X-Webhook-Signature）。', kept: '已保存，留空则不变',
    barkUrl: 'Bark 地址', barkAbout: '其中包含 {{open}}title}} 与 {{open}}content}}。', gotifyUrl: 'Gotify 地址', gotifyToken: 'Gotify 令牌', gotifyPriority: '优先级', threshold: '预警额度', thresholdAbout: '例如 5 或 2,500,000 quota。留空则按站点设置。', recordIp: '在日志中记录我的请求地址',
  },
  nav: { ownAccount: '账户', home: '首页', build: '开发', observe: '观察', node: '渠道', platform: '平台', overview: '总览', tokens: '令牌', logs: '日志', channels: '渠道', allLogs: '全部日志', models: '模型', prices: '价格', redemption: '兑换码', settings: '系统设置', account: '账户', security: '安全' },
};

export default zhInside;
