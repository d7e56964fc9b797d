import type { Edit } from '../../framing/splice.ts';
import type { RequestFacts } from '../dialect.ts';

/** The edit that puts another model name into a body; none where the model stands in the address. */
export const renamed = ({ modelSpan }: RequestFacts, model: string | undefined): Edit[] =>
  (model === undefined || !modelSpan ? [] : [{ ...modelSpan, text: JSON.stringify(model) }]);
