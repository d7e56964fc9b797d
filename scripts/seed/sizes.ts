/** How much to make, from `--users=1000000` and the like. */
export interface Sizes { users: number; tokens: number; channels: number; logs: number; codes: number; tasks: number; days: number }

export const fullSize: Sizes = { users: 1_000_000, tokens: 1_000_000, channels: 10_000, logs: 5_000_000, codes: 100_000, tasks: 100_000, days: 60 };

/** Each size cut by one number, at least one row of each. */
export function scaled(by: number): Sizes {
  const cut = (count: number) => Math.max(1, Math.round(count * by));
  const { users, tokens, channels, logs, codes, tasks, days } = fullSize;
  return { users: cut(users), tokens: cut(tokens), channels: cut(channels), logs: cut(logs), codes: cut(codes), tasks: cut(tasks), days };
}

/** The sizes, or a sentence that says what is wrong. */
export function readSizes(args: readonly string[]): Sizes | string {
  const sizes = { ...fullSize };
  for (const arg of args) {
    const [, name, text] = /^--([a-z]+)=(\d+(?:\.\d+)?)$/.exec(arg) ?? [];
    if (name === 'scale') Object.assign(sizes, scaled(Number(text)));
    else if (name !== undefined && name in sizes && Number.isInteger(Number(text)) && Number(text) > 0) sizes[name as keyof Sizes] = Number(text);
    else return `${arg} is not understood: see --help`;
  }
  if (sizes.users < sizes.channels / 100 || sizes.tokens < 1) return 'there must be users and tokens for the rest to belong to';
  return sizes;
}
