/** Options and groups, as new-api clients know them. */
import { snakeCase } from '../../kernel/snake-case.ts';
import type { RestView } from '../view.ts';

/** With the final slash an array of key and value, without it one object with names in snake case (management-api 4). Secrets are left out. */
export const legacyOption: RestView = {
  name: 'LegacyOption', on: 'Option', selection: 'key value secret',
  encode: ({ key, value }) => ({ key, value }),
  encodeList: (nodes, { path }) => {
    const shown = nodes.filter(({ secret }) => !secret);
    return path.endsWith('/') ? shown.map(({ key, value }) => ({ key, value })) : Object.fromEntries(shown.map(({ key, value }) => [snakeCase(key), value]));
  },
};

export const legacyGroupName: RestView = { name: 'LegacyGroupName', on: 'Group', selection: 'name', encode: ({ name }) => name };

export const legacyGroupChoices: RestView = {
  name: 'LegacyGroupChoices', on: 'GroupChoice', selection: 'name ratio description',
  encode: ({ name }) => name,
  encodeList: (nodes) => Object.fromEntries(nodes.map(({ name, ratio, description }) => [name, { ratio: ratio === null ? '自动' : Number(ratio), desc: description }])),
};

export const legacyGroupMap: RestView = {
  name: 'LegacyGroupMap', on: 'Group', selection: 'name ratio description',
  encode: ({ name }) => name,
  encodeList: (nodes) => Object.fromEntries(nodes.map(({ name, ratio, description }) => [name, { ratio: Number(ratio), desc: description || name }])),
};
