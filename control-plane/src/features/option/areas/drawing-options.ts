/** Midjourney proxies. */
import { flag, type OptionSpec } from '../option-spec.ts';

export const drawingOptions = {
  MjNotifyEnabled: flag(false, { describe: 'Take notices of finished drawings, and pass the caller\'s notice address on.' }),
  MjAccountFilterEnabled: flag(false, { describe: 'Let callers choose accounts of the proxy.' }),
  MjModeClearEnabled: flag(false, { describe: 'Take --fast, --relax and --turbo out of prompts.' }),
  MjForwardUrlEnabled: flag(true, { describe: 'Show pictures at an address of this site instead of the proxy\'s.' }),
  MjActionCheckSuccessEnabled: flag(true, { describe: 'An action on a drawing waits for the drawing to be done.' }),
} satisfies Record<string, OptionSpec>;
