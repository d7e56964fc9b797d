/**
 * Every setting with a row of its own, from the areas. The price maps and group maps are projections of their tables
 * (option-edit.ts).
 */
import { catalogueOptions } from './areas/catalogue-options.ts';
import { drawingOptions } from './areas/drawing-options.ts';
import { guardOptions } from './areas/guard-options.ts';
import { identityOptions } from './areas/identity-options.ts';
import { mailOptions } from './areas/mail-options.ts';
import { monitorOptions } from './areas/monitor-options.ts';
import { notifyOptions } from './areas/notify-options.ts';
import { passkeyOptions } from './areas/passkey-options.ts';
import { paymentOptions } from './areas/payment-options.ts';
import { relayOptions } from './areas/relay-options.ts';
import { routingOptions } from './areas/routing-options.ts';
import { signInOptions } from './areas/sign-in-options.ts';
import { signUpOptions } from './areas/sign-up-options.ts';
import { siteOptions } from './areas/site-options.ts';
import type { OptionSpec } from './option-spec.ts';

export const registry = {
  ...catalogueOptions,
  ...drawingOptions,
  ...guardOptions,
  ...identityOptions,
  ...mailOptions,
  ...monitorOptions,
  ...notifyOptions,
  ...passkeyOptions,
  ...paymentOptions,
  ...relayOptions,
  ...routingOptions,
  ...signInOptions,
  ...signUpOptions,
  ...siteOptions,
} satisfies Record<string, OptionSpec>;

export type OptionKey = keyof typeof registry;

export const isOptionKey = (key: string): key is OptionKey => Object.hasOwn(registry, key);
export const optionKeys = Object.keys(registry) as OptionKey[];

/** The spec behind a key, with its optional members. */
export const specOf = (key: OptionKey): OptionSpec => registry[key];
