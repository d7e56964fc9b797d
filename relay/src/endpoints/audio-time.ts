/** How long sound is, and what that is in model tokens: a minute counts 1,000 (semantics 1.7). */
import type { FormFile } from '../framing/form-scan.ts';

/** @param seconds begun ones count in full */
export const tokensOfSeconds = (seconds: number): number => Math.ceil((Math.ceil(seconds) / 60) * 1_000);

/** Speech in the usual packed forms: 128 kbit/s. */
const usualRate = 16_000;

/** About: a WAV file tells its rate, others are taken for packed speech. `bytes`: of the whole form. */
export function estimatedTokens(files: readonly FormFile[], bytes: number): number {
  const rate = files.map(({ beginning }) => wavRate(beginning)).find((each) => each !== undefined) ?? usualRate;
  return tokensOfSeconds(bytes / rate);
}

/** RIFF, WAVE, `fmt `: bytes a second stand at 28. */
function wavRate(beginning: Buffer): number | undefined {
  if (beginning.length < 32 || beginning.toString('latin1', 0, 4) !== 'RIFF' || beginning.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  const rate = beginning.readUInt32LE(28);
  return rate > 0 ? rate : undefined;
}

/** When the last line of subtitles ends, in seconds; undefined: these are none. */
export function subtitleEnd(tail: string): number | undefined {
  const last = [...tail.matchAll(/(?:(\d{2,}):)?(\d{2}):(\d{2})[.,](\d{3})/g)].at(-1);
  return last && Number(last[1] ?? 0) * 3_600 + Number(last[2]) * 60 + Number(last[3]) + Number(last[4]) / 1_000;
}
