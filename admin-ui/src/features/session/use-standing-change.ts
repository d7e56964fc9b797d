import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/** After sign-in, sign-out or set-up: forget who is signed in, ask again, and go where that leads. */
export function useStandingChange(): () => Promise<void> {
  const router = useRouter();
  return useCallback(async () => {
    router.options.context.standing.forget();
    await router.invalidate();
    await router.navigate({ to: '/' });
  }, [router]);
}
