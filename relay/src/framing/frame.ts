/** One SSE event, or a whole JSON body (then `event` is undefined). */
export interface Frame { event: string | undefined; data: string }

/** Some keep a silent stream warm with events of nothing. */
export const isBlank = ({ data }: Frame): boolean => data.length < 16 && data.trim() === '';
