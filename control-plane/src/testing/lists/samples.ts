/** What filters are tried with on a seeded set: something common, something rare, and something that nobody has. */

const late = '2100-01-01T00:00:00Z', early = '2001-01-01T00:00:00Z', lately = new Date(Date.now() - 86_400_000).toISOString();

const ids = (kind: string): string[] => [`${kind}_77`, `${kind}_2`, `${kind}_999999999`];

const samples: Record<string, readonly unknown[]> = {
  search: ['nobody-has-this', 's1234', 'Grace', '77', 'gift', 'e'],
  username: ['nobody', 's2', 's77'],
  tokenName: ['nobody', 'key 1', 'key 77'],
  keyFragment: ['7777', 'zzzz'],
  tag: ['tag 7', 'none'], tags: ['tag 7', 'none'],
  vendor: ['none', 'OpenAI'],
  model: ['claude', 'no-such', 'gpt-4o'], models: ['gpt-4o', 'no-such-model'], modelLike: ['gpt-4%', '%4%', 'no%'],
  groups: ['default', 'vip', 'svip', 'nobody'],
  roles: [1, 10, 100], types: [1, 14, 999],
  userId: ids('usr'), userIds: ids('usr'), ownerId: ids('usr'), redeemedById: ids('usr'), actorIds: ids('usr'),
  tokenId: ids('tok'), tokenIds: ids('tok'), channelId: ids('ch'), channelIds: ids('ch'), ids: ids('ch'), batchId: ['rdb_1', 'rdb_99'],
  keyword: ['2', '1', 'Quota changed', 'nothing begins so'],
  requestId: ['nothing', 'seed-1'], reference: ['nothing', 'seed:77'], taskId: ['task_none'], mjId: ['none'], target: ['usr_77', 'none'],
  errorCodes: ['upstream_rate_limited', 'never_heard'], platforms: ['suno', 'nobody'], actions: ['MUSIC', 'user.update', 'nothing'],
  kinds: ['nothing'], statuses: ['SUCCESS', 'NOTHING'], via: ['session', 'nothing'],
  sequenceFrom: ['1', '4000', '999999999'], sequenceTo: ['1', '4000', '999999999'],
  from: [late, lately, early], since: [late, lately, early], to: [late, lately, early], until: [late, lately, early],
};

export const samplesOf = (name: string): readonly unknown[] | undefined => samples[name];
