/** Simplified Chinese. The domain's words: channel 渠道, token 令牌, group 分组, ratio 倍率, quota 额度. */
import type { Catalogue } from './en.ts';

const zh: Catalogue = {
  shell: {
    skip: '跳到内容', menu: '菜单', navigation: '页面', search: '搜索', searchPlaceholder: '前往页面…', nothingFound: '没有找到',
    language: '语言', theme: '配色', theme_light: '浅色', theme_dark: '深色', theme_auto: '跟随系统', account: '账户', signOut: '退出登录',
  },
  live: { live: '实时', connecting: '连接中', offline: '非实时' },
  action: { retry: '重试', copy: '复制', copied: '已复制', done: '完成', cancel: '取消', save: '保存', create: '创建', delete: '删除', edit: '编辑', enable: '启用', disable: '禁用', refresh: '刷新' },
  state: { loading: '加载中' },
  pager: { range: '第 {{from}} 至 {{to}} 条', of: '共 {{total}} 条', previous: '上一页', next: '下一页' },
  secret: { once: '此内容只显示一次。请立即复制并妥善保存。', stored: '我已保存' },
  fault: {
    requestId: '请求', NETWORK: '无法连接服务器', INTERNAL: '服务器出错', UNAUTHENTICATED: '请重新登录',
    FORBIDDEN: '您无权查看', THROTTLED: '请求过多，请稍候', BAD_USER_INPUT: '请求无效',
  },
  nav: { home: '首页', build: '开发', observe: '观察', node: '渠道', platform: '平台', overview: '总览', tokens: '令牌', logs: '日志', channels: '渠道', allLogs: '全部日志' },
};

export default zh;
