/** Colours and sizes by role. Components name roles, never raw colours. */
import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'cyan',
  // Shade 8 under white letters has a contrast of 4.4; 4.5 is needed.
  primaryShade: { light: 9, dark: 9 },
  // Filled badges fail the contrast rule without it.
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.15rem' } } },
});

/** Letters on a tinted badge: Mantine's own are too light for a light page. */
const badgeLetters = Object.fromEntries(['teal', 'orange', 'red', 'yellow', 'gray', 'cyan'].map((colour) =>
  [`--mantine-color-${colour}-light-color`, `color-mix(in srgb, var(--mantine-color-${colour}-9) 75%, black)`]));

export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--weir-surface': 'var(--mantine-color-white)',
    '--weir-ground': 'var(--mantine-color-gray-0)',
    // Letters of refusals, also where they stand on the ground: Mantine's own have a contrast of 4.0.
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    ...badgeLetters,
  },
  dark: {
    '--weir-surface': 'var(--mantine-color-dark-7)',
    '--weir-ground': 'var(--mantine-color-dark-8)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    // Mantine's error text is too dark on dark.
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
});
