/** English of the pages for administrators, loaded with the first of them. zh-admin.ts has the same keys, which its type demands. */
const enAdmin = {
  option: {
    title: 'Settings', about: 'What this instance does and shows. Changes reach every relay at once.', search: 'Search settings', none: 'There are no settings',
    key: 'Setting', value: 'Value', section: 'Area', changed: 'Changed', set: 'Set', unset: 'Not set', usual: 'Default', editTitle: 'Change {{key}}', secretAbout: 'It is kept encrypted and never shown. Leave it empty to keep it.', isOn: 'On', allSections: 'All areas',
    area_identity: 'Accounts elsewhere', area_payment: 'Payment', area_display: 'Display', area_guards: 'Guards', area_compatible: 'Compatibility', area_models: 'Models', area_routing: 'Routing', area_sign_up: 'Sign-up', area_site: 'Site', area_prices: 'Prices', area_panels: 'Panels', area_mail: 'Mail', area_passkey: 'Passkeys', area_relay: 'Relay', area_drawing: 'Drawing', area_groups: 'Groups', area_monitor: 'Monitoring', area_notify: 'Notifications', area_catalogue: 'Catalogues', area_sign_in: 'Sign-in',
  },
  price: {
    title: 'Prices', about: 'What models cost. A model without a price is refused.', add: 'Add price', search: 'Search model', none: 'No prices yet', noneAbout: 'Add what a model costs for a million tokens, or for each request.',
    model: 'Model', paid: 'Paid for by', mode_RATIO: 'Tokens', mode_PER_CALL: 'Requests', mode_TIERED: 'An expression', tiered: 'An expression is the price', expression: 'Expression', expressionAbout: 'US dollars for a million: p input, c output, len all input, cr cache read; tier(name, value). Example: p * 1.25 + c * 10', noMode: 'Nothing: refused', input: 'Input / million', output: 'Output / million', cached: 'From cache / million', call: 'A request', since: 'Since', actions: 'Actions', more: 'More for {{name}}',
    editTitle: 'Price of {{name}}', byCall: 'Each request has a price', modelRatio: 'Model ratio', modelRatioAbout: '1 is 2 dollars for a million input tokens. 0 is free.', inDollars: 'Input {{input}}, output {{output}} dollars for a million tokens',
    completionRatio: 'Output against input', cacheRatio: 'Input from a cache', createCacheRatio: 'Input written to a cache', imageRatio: 'Image input', audioRatio: 'Audio input', audioCompletionRatio: 'Audio output against audio input', callPrice: 'Dollars for a request',
    emptyAbout: 'Empty: the usual one.', wrong: 'Write a number of at least 0, with at most six places', deleteTitle: 'Delete the price of {{name}}?', deleteAbout: 'Requests for it are refused from now on. Charges of the past keep the price that they had.',
  },
  redemption: {
    title: 'Redemption codes', about: 'Codes that add quota to a wallet, once.', add: 'Create codes', search: 'Search name or number', none: 'No codes yet', noneAbout: 'Create codes and hand them out. Whoever enters one gets its quota.',
    name: 'Name', status: 'Status', code: 'Code', quota: 'Worth', created: 'Created', expires: 'Expires', redeemed: 'Redeemed', by: '{{at}} by {{name}}', never: 'never', actions: 'Actions', more: 'Delete {{name}}',
    status_ENABLED: 'Usable', status_DISABLED: 'Disabled', status_USED: 'Used', count: 'How many', countWrong: 'Between 1 and 100', quotaAbout: 'Of each: for example 5, $5 or 2,500,000 quota.', quotaWrong: 'Write an amount above zero such as 5, $5 or 2,500,000 quota', expiresAbout: 'Leave empty for never.',
    madeTitle: 'Your new codes', deleteTitle: 'Delete {{name}}?', deleteAbout: 'Nobody can redeem it any more. What was redeemed stays.', clear: 'Delete what nobody can redeem', clearTitle: 'Delete used, disabled and expired codes?',
  },
  model: {
    title: 'Models', about: 'What people read about models in lists and prices.', add: 'Add model', search: 'Search name, description or tag', none: 'No models described yet', noneAbout: 'Models work without a description. With one they have a vendor, tags and an icon in the price list.',
    name: 'Name', rule: 'Speaks for', rule_EXACT: 'This model', rule_PREFIX: 'Names that begin so', rule_CONTAINS: 'Names that contain it', rule_SUFFIX: 'Names that end so', vendor: 'Vendor', noVendor: 'None', tags: 'Tags', matched: 'Served now', status: 'Price list', shown: 'Shown', hidden: 'Hidden', updated: 'Changed', actions: 'Actions', more: 'More for {{name}}',
    editTitle: 'Edit {{name}}', description: 'Description', icon: 'Icon', iconAbout: 'Its name or address. Empty: that of the vendor.', endpoints: 'Endpoints', endpointsAbout: 'JSON: a list of types, or an object of a path for each. Empty: what its providers speak.', tagsAbout: 'Enter or comma after each.',
    sync: 'Takes part in syncs with the catalogue', missing_one: '{{count}} served model has no description: {{names}}', missing_other: '{{count}} served models have no description: {{names}}', deleteTitle: 'Delete the description of {{name}}?', deleteAbout: 'The model itself and its price stay.',
  },
};

export type AdminCatalogue = typeof enAdmin;
export default enAdmin;
