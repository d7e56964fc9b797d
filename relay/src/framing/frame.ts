/** One SSE event, or a whole JSON body (then `event` is undefined). */
export interface Frame { event: string | undefined; data: string }
