/** The views that `@rest(view: …)` may name. */
import type { RestView } from '../view.ts';

export const views: readonly RestView[] = [];
