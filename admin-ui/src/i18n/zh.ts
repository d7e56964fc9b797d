/** Simplified Chinese. The domain's words: channel 渠道, token 令牌, group 分组, ratio 倍率, quota 额度. */
import type { Catalogue } from './en.ts';

const zh: Catalogue = {
  shell: {
    skip: '跳到内容', menu: '菜单', navigation: '页面', search: '搜索', searchPlaceholder: '前往页面…', nothingFound: '没有找到',
    language: '语言', theme: '配色', theme_light: '浅色', theme_dark: '深色', theme_auto: '跟随系统', account: '账户', explorer: 'GraphQL 浏览器', signOut: '退出登录',
  },
  action: { retry: '重试', copy: '复制', copied: '已复制', copyFailed: '请选中并手动复制', done: '完成', cancel: '取消', save: '保存', create: '创建', delete: '删除', edit: '编辑', close: '关闭' },
  state: { loading: '加载中', notFound: '此地址没有页面', home: '前往总览', noMatch: '没有匹配项', clear: '清除筛选' },
  form: { required: '必填', conflictAbout: '在您编辑期间，他人已更改此项。您的更改仍在表单中。', reload: '放弃更改并显示已存内容' },
  signIn: { title: '登录', username: '用户名或邮箱', password: '密码', submit: '登录',
    or: '或', passkey: '使用 Passkey', passkeyFailed: '没有可用的 Passkey，或不匹配', with: '使用 {{name}} 登录', wechatCode: '公众号验证码', wechatPicture: '查看公众号二维码',
    secondAbout: '您的账户需要第二步验证：请输入身份验证器的六位数字，或备用码。', code: '验证码', other: '使用其他账户登录',
    providerRefused: '{{name}} 未允许登录', back: '返回', returning: '正在从 {{name}} 返回',
  },
  setup: {
    title: '初始化 Weir', about: '创建第一个用户。它拥有全部权限；其他用户可稍后添加。', username: '用户名', usernameRule: '1 到 12 个字符',
    password: '密码', passwordRule: '至少 8 个字符', confirm: '再次输入密码', different: '两次输入的密码不一致', submit: '创建并登录',
    mode: '此实例的用途', modePublic: '对外服务', modePublicAbout: '每个模型必须先设置价格才能使用。',
    modeSelf: '自用', modeSelfAbout: '未设置价格的模型也可使用，按默认倍率计费。',
  },
  register: { title: '注册', about: '创建自己的账户。', usernameRule: '1 到 20 个字符，不含空格', email: '邮箱', emailAbout: '可选。忘记密码时可用它重设。',
    code: '验证码', sendCode: '发送验证码', codeSent: '验证码已发送，10 分钟内有效。', submit: '注册并登录', closed: '此站点已关闭注册。' },
  human: { missing: '人机验证加载失败，请检查是否被拦截并刷新页面。' },
  forgot: { title: '忘记密码？', about: '请输入账户的邮箱，我们会发送重设密码的链接。', submit: '发送链接', sent: '如果该邮箱已注册，邮件正在路上。' },
  reset: { title: '设置新密码', about: '为 {{email}} 的账户设置新密码，该账户的所有会话将结束。', submit: '设置', done: '新密码已生效，请登录。' },
  fault: {
    requestId: '请求', NETWORK: '无法连接服务器', INTERNAL: '服务器出错', UNAUTHENTICATED: '请重新登录',
    FORBIDDEN: '您无权查看', THROTTLED: '请求过多，请稍候', BAD_USER_INPUT: '请求无效',
  },
};

export default zh;
