/** `pnpm build`: what `npm start` would build. */
import { buildAll } from './start/build.ts';
import { progress } from './start/progress.ts';

buildAll(progress(Date.now()));
