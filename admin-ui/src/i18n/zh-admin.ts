/** 管理员页面的中文。 */
import type { AdminCatalogue } from './en-admin.ts';

const zhAdmin: AdminCatalogue = {
  option: {
    title: '系统设置', about: '本站的行为与展示。修改会立即下发到所有中继。', search: '搜索设置', none: '没有设置',
    key: '设置项', value: '值', section: '分类', changed: '修改时间', set: '已设置', unset: '未设置', usual: '默认值', editTitle: '修改 {{key}}', secretAbout: '加密保存，不会显示。留空则保持不变。', isOn: '开启', allSections: '全部分类',
    area_identity: '第三方登录', area_payment: '支付', area_display: '显示', area_guards: '安全防护', area_compatible: '兼容', area_models: '模型', area_routing: '路由', area_sign_up: '注册', area_site: '站点', area_prices: '价格', area_panels: '面板', area_mail: '邮件', area_passkey: '通行密钥', area_relay: '中继', area_drawing: '绘图', area_groups: '分组', area_monitor: '监控', area_notify: '通知', area_catalogue: '目录同步', area_sign_in: '登录',
  },
  price: {
    title: '价格', about: '模型的收费标准。没有价格的模型会被拒绝。', add: '添加价格', search: '搜索模型', none: '还没有价格', noneAbout: '填写模型每百万令牌或每次请求的费用。',
    model: '模型', paid: '计费方式', mode_RATIO: '按量', mode_PER_CALL: '按次', mode_TIERED: '按表达式', tiered: '按表达式计费', expression: '表达式', expressionAbout: '每百万的美元数：p 输入，c 输出，len 全部输入，cr 缓存读取；tier(名称, 值)。例如 p * 1.25 + c * 10', noMode: '无：请求会被拒绝', input: '输入 / 百万', output: '输出 / 百万', cached: '缓存输入 / 百万', call: '每次请求', since: '生效时间', actions: '操作', more: '{{name}} 的更多操作',
    editTitle: '{{name}} 的价格', byCall: '按次收费', modelRatio: '模型倍率', modelRatioAbout: '1 表示每百万输入 2 美元；0 表示免费。', inDollars: '每百万：输入 {{input}} 美元，输出 {{output}} 美元',
    completionRatio: '补全倍率', cacheRatio: '缓存读取倍率', createCacheRatio: '缓存写入倍率', imageRatio: '图片输入倍率', audioRatio: '音频输入倍率', audioCompletionRatio: '音频补全倍率', callPrice: '每次请求的美元价格',
    emptyAbout: '留空则使用默认值。', wrong: '请填写不小于 0 的数字，最多六位小数', deleteTitle: '删除 {{name}} 的价格？', deleteAbout: '之后对它的请求会被拒绝。过去的扣费仍按当时的价格。',
  },
  redemption: {
    title: '兑换码', about: '为钱包增加额度的一次性兑换码。', add: '生成兑换码', search: '搜索名称或编号', none: '还没有兑换码', noneAbout: '生成并分发兑换码，输入者即可获得其额度。',
    name: '名称', status: '状态', code: '兑换码', quota: '面值', created: '创建时间', expires: '过期时间', redeemed: '兑换', by: '{{at}}，{{name}}', never: '永不', actions: '操作', more: '删除 {{name}}',
    status_ENABLED: '可用', status_DISABLED: '已禁用', status_USED: '已使用', count: '数量', countWrong: '1 到 100 之间', quotaAbout: '每个的面值，例如 5、$5 或 2,500,000 quota。', quotaWrong: '请填写大于零的金额，例如 5、$5 或 2,500,000 quota', expiresAbout: '留空表示永不过期。',
    madeTitle: '新的兑换码', deleteTitle: '删除 {{name}}？', deleteAbout: '之后无法再兑换。已兑换的额度不受影响。', clear: '清除失效兑换码', clearTitle: '删除已使用、已禁用和已过期的兑换码？',
  },
  model: {
    title: '模型', about: '在列表和价格页中展示的模型信息。', add: '添加模型', search: '搜索名称、描述或标签', none: '还没有模型信息', noneAbout: '没有信息的模型也可使用。填写后会在价格页显示供应商、标签和图标。',
    name: '名称', rule: '匹配规则', rule_EXACT: '精确', rule_PREFIX: '前缀', rule_CONTAINS: '包含', rule_SUFFIX: '后缀', vendor: '供应商', noVendor: '无', tags: '标签', matched: '当前提供', status: '价格页', shown: '显示', hidden: '隐藏', updated: '修改时间', actions: '操作', more: '{{name}} 的更多操作',
    editTitle: '编辑 {{name}}', description: '描述', icon: '图标', iconAbout: '图标名称或地址。留空则使用供应商的图标。', endpoints: '端点', endpointsAbout: 'JSON：类型列表，或类型到路径的对象。留空则为上游支持的端点。', tagsAbout: '每个后按回车或逗号。',
    sync: '参与官方目录同步', missing_one: '有 {{count}} 个在用模型没有信息：{{names}}', missing_other: '有 {{count}} 个在用模型没有信息：{{names}}', deleteTitle: '删除 {{name}} 的信息？', deleteAbout: '模型本身及其价格不受影响。',
  },
};

export default zhAdmin;
