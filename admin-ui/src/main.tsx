import '@mantine/core/styles.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'urql';
import { createConsoleClient } from './client/client.ts';
import { createLiveConnection } from './client/live.ts';
import { sessionEnded } from './client/session-end.ts';
import { StandingDesk } from './features/session/viewer.ts';
import { startI18n } from './i18n/i18n.ts';
import { createConsoleRouter } from './routes.tsx';
import { resolveCssVariables, theme } from './ui/theme.ts';

const i18n = await startI18n();
const live = createLiveConnection();
const client = createConsoleClient(live);
const standing = new StandingDesk(client);
const router = createConsoleRouter(standing, live);
sessionEnded.addEventListener('ended', () => { standing.forget(); void router.invalidate(); });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={resolveCssVariables} defaultColorScheme="auto">
        <Provider value={client}>
          <RouterProvider router={router} />
        </Provider>
      </MantineProvider>
    </I18nextProvider>
  </StrictMode>,
);
