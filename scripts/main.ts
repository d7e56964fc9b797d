/** What `npm start` and `npm test` run once Node 22 and the packages are there. */
import { help } from './start/help.ts';
import { sentenceFor } from './start/fault.ts';
import { start } from './start/start.ts';
import { test } from './test/test.ts';

const [command, ...rest] = process.argv.slice(2);
const startedAt = Number(process.env.WEIR_STARTED_AT) || Date.now();

try {
  if (rest.includes('--help') || rest.includes('-h') || (command !== 'start' && command !== 'test')) console.log(await help());
  else if (command === 'start') await start(startedAt);
  else process.exitCode = await test(rest);
} catch (error) {
  const sentence = sentenceFor(error);
  console.error(sentence === undefined ? error : `\nweir: ${sentence}`);
  process.exitCode = 1;
}
