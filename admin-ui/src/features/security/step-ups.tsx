import { lazy, Suspense, useEffect, useState } from 'react';
import { answerStepUps } from '../../client/step-up.ts';

const StepUpDialog = lazy(async () => ({ default: (await import('./step-up-dialog.tsx')).StepUpDialog }));

interface Asked { methods: readonly string[]; tell: (isProven: boolean) => void }

/** Shows the dialog when an act waits for a proof; acts that come meanwhile wait for the same one. */
export function StepUps() {
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  useEffect(() => answerStepUps((methods) => new Promise((tell) => setAsked((now) => [...now, { methods, tell }]))), []);
  const done = (isProven: boolean) => {
    setAsked([]);
    for (const { tell } of asked) tell(isProven);
  };
  return <Suspense>{asked[0] && <StepUpDialog methods={asked[0].methods} onDone={done} />}</Suspense>;
}
