export interface Counts { passed: number; failed: number; skipped: number }

export const countsLine = ({ passed, failed, skipped }: Counts): string => `${passed} passed, ${failed} failed, ${skipped} skipped`;
