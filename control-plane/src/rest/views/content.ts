/** Texts of the operator, as new-api clients read them. */
import type { RestView } from '../view.ts';

export const legacyContentText: RestView = { name: 'LegacyContentText', on: 'SiteContent', selection: 'text', encode: ({ text }) => text };

export const legacyHome: RestView = { name: 'LegacyHome', on: 'SiteContent', selection: 'text', encode: ({ text }) => ({ content: text }) };

export const legacyAbout: RestView = {
  name: 'LegacyAbout', on: 'SiteContent', selection: 'text site { version name footer logo }',
  encode: ({ text, site: { version, name, footer, logo } }) => ({ version, system_name: name, footer, logo, content: text }),
};
