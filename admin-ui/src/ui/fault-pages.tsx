import { Anchor, Container } from '@mantine/core';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CombinedError } from 'urql';
import { Empty, RequestFault } from './states.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return <Empty title={t('state.notFound')} action={<Anchor component={Link} to="/">{t('state.home')}</Anchor>} />;
}

/** A page that could not be opened: the server did not answer, or its code is gone after an upgrade. */
export function PageFault({ error }: ErrorComponentProps) {
  const router = useRouter();
  const fault = error instanceof CombinedError ? error : new CombinedError({ networkError: error instanceof Error ? error : new Error(String(error)) });
  return <Container size="sm" py="xl"><RequestFault error={fault} retry={() => void router.invalidate()} /></Container>;
}
