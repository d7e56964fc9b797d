/** Whether PostgreSQL ended a statement that took too long (SQLSTATE 57014). */
export const isOutOfTime = (fault: unknown): boolean => fault instanceof Error && (('code' in fault && fault.code === '57014') || isOutOfTime(fault.cause));
