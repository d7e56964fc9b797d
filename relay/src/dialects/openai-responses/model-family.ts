/** Models of one family read each other's encrypted reasoning: the name without date and size, for example `gpt-5.1`. */
export const modelFamily = (model: string): string => /^(?:.*\/)?(o\d|gpt-\d+(?:\.\d+)?)/.exec(model)?.[1] ?? model;
