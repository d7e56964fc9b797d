/** A story in words, for a person at a terminal. Names and numbers only: no key, no address of a provider, nothing that was said. */
import type { Admission, Ending } from '../quota/reservation.ts';
import type { Story } from './story.ts';

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const line = (name: string, duration: string, note: string): string => `  ${name.padEnd(14)}${duration.padStart(10)}   ${note}`.trimEnd();

export function tell(story: Story): string {
  const { walked, admission, ending } = story, total = story.lastedMs;
  const head = [story.id, admission && `${admission.dialect}${admission.stream ? ' stream' : ''}`, admission?.model, ending ? String(ending.status) : undefined,
    story.failure ?? ending?.failure ?? (ending ? undefined : 'under way'), ms(total), admission && `snapshot ${admission.snapshotVersion}`];
  const lines = walked.flatMap((passed) => [
    line(passed.step, ms(passed.ms), noteFor(passed.step, admission, ending)),
    ...(passed.step === 'dispatch' ? attempts(ending) : []),
  ]);
  const close = ending ? [line('settle', ms(total - walked.reduce((sum, passed) => sum + passed.ms, 0)), settled(ending))] : [];
  return `${head.filter(Boolean).join('   ')}\n${[...lines, ...close].join('\n')}\n`;
}

function noteFor(step: string, admission: Admission | undefined, ending: Ending | undefined): string {
  if (!admission) return '';
  if (step === 'authenticate') return `token ${admission.tokenId}  user ${admission.userId}  group ${admission.group}`;
  if (step === 'admit') return `estimated input ${admission.estimatedInput}`;
  if (step === 'reserve') return `hold ${admission.hold}`;
  return step === 'deliver' && ending ? `in ${ending.tokens.input}  out ${ending.tokens.output}  cached ${ending.tokens.cacheRead}` : '';
}

const attempts = (ending: Ending | undefined): string[] => (ending?.attempts ?? []).map((attempt) =>
  line(`  channel ${attempt.channelId}`, ms(attempt.durationMs), attempt.failure ? `${attempt.failure} (status ${attempt.status})` : `status ${attempt.status}`));

const settled = (ending: Ending): string => `${ending.end.toLowerCase()}, usage ${ending.source.toLowerCase()}`;
