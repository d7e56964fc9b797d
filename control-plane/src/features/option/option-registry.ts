/**
 * Every setting with a row of its own, from the areas. The price maps and group maps are projections of their tables
 * (option-edit.ts).
 */
import { checkInOptions } from './areas/check-in-options.ts';
import { catalogueOptions } from './areas/catalogue-options.ts';
import { compatibleOptions } from './areas/compatible-options.ts';
import { displayOptions } from './areas/display-options.ts';
import { drawingOptions } from './areas/drawing-options.ts';
import { groupOptions } from './areas/group-options.ts';
import { guardOptions } from './areas/guard-options.ts';
import { identityOptions } from './areas/identity-options.ts';
import { mailOptions } from './areas/mail-options.ts';
import { modelOptions } from './areas/model-options.ts';
import { monitorOptions } from './areas/monitor-options.ts';
import { notifyOptions } from './areas/notify-options.ts';
import { panelOptions } from './areas/panel-options.ts';
import { passkeyOptions } from './areas/passkey-options.ts';
import { paymentOptions } from './areas/payment-options.ts';
import { relayOptions } from './areas/relay-options.ts';
import { routingOptions } from './areas/routing-options.ts';
import { signInOptions } from './areas/sign-in-options.ts';
import { signUpOptions } from './areas/sign-up-options.ts';
import { siteOptions } from './areas/site-options.ts';
import type { OptionSpec } from './option-spec.ts';

export const registry = {
  ...checkInOptions,
  ...catalogueOptions,
  ...compatibleOptions,
  ...displayOptions,
  ...drawingOptions,
  ...groupOptions,
  ...guardOptions,
  ...identityOptions,
  ...mailOptions,
  ...modelOptions,
  ...monitorOptions,
  ...notifyOptions,
  ...panelOptions,
  ...passkeyOptions,
  ...paymentOptions,
  ...relayOptions,
  ...routingOptions,
  ...signInOptions,
  ...signUpOptions,
  ...siteOptions,
} satisfies Record<string, OptionSpec>;

/** Areas by the name that the console shows them under. */
const areas: Readonly<Record<string, object>> = {
  catalogue: catalogueOptions, compatible: compatibleOptions, display: displayOptions, drawing: drawingOptions, groups: groupOptions, guards: guardOptions, identity: identityOptions, mail: mailOptions,
  models: modelOptions, monitor: monitorOptions, notify: notifyOptions, panels: panelOptions, passkey: passkeyOptions, payment: paymentOptions, relay: relayOptions,
  routing: routingOptions, 'sign-in': signInOptions, 'sign-up': signUpOptions, site: siteOptions,
};
const sections = new Map(Object.entries(areas).flatMap(([name, area]) => Object.keys(area).map((key) => [key, name] as const)));

/** The area of a key; those without a row of their own are views of prices and groups. */
export const sectionOf = (key: string): string => sections.get(key) ?? (key.endsWith('Groups') || key.startsWith('Group') ? 'groups' : 'prices');

export type OptionKey = keyof typeof registry;

export const isOptionKey = (key: string): key is OptionKey => Object.hasOwn(registry, key);
export const optionKeys = Object.keys(registry) as OptionKey[];

/** The spec behind a key, with its optional members. */
export const specOf = (key: OptionKey): OptionSpec => registry[key];
