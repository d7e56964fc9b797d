import { ActionIcon, Badge, Code, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { Columns } from '../../ui/data-table.tsx';
import { formatQuota, formatTime } from '../../ui/format.ts';
import { useViewer } from '../session/viewer.ts';
import type { TokenRow } from './token-form.ts';
import { TokenDeleteDocument, TokenSetStatusDocument } from './token.documents.ts';

const colours = { ENABLED: 'teal', DISABLED: 'gray', EXPIRED: 'orange', EXHAUSTED: 'orange' } as const;

export function useTokenColumns(onEdit: (token: TokenRow) => void): Columns<TokenRow> {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return useMemo((): Columns<TokenRow> => {
    const quota = (units: string) => formatQuota(units, quotaPerUnit, language);
    return [
      { id: 'name', header: t('token.name'), cell: ({ row: { original } }) => <Text size="sm" fw={600}>{original.name}</Text> },
      { id: 'status', header: t('token.status'), cell: ({ row: { original: { status } } }) => <Badge variant="light" color={colours[status]}>{t(`token.status_${status}`)}</Badge> },
      { id: 'key', header: t('token.key'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => <Code>{original.maskedKey}</Code> },
      { id: 'used', header: t('token.used'), meta: { className: 'number' }, cell: ({ row: { original } }) => quota(original.usedQuota) },
      { id: 'remaining', header: t('token.remaining'), meta: { className: 'number' }, cell: ({ row: { original } }) => (original.unlimited ? t('token.noLimit') : quota(original.remaining)) },
      { id: 'models', header: t('token.models'), cell: ({ row: { original } }) => original.models?.join(', ') ?? t('token.allModels') },
      { id: 'accessed', header: t('token.accessed'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => (original.accessedAt ? formatTime(original.accessedAt, language) : '–') },
      { id: 'expires', header: t('token.expires'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => (original.expiresAt ? formatTime(original.expiresAt, language) : t('token.never')) },
      { id: 'actions', header: t('token.actions'), cell: ({ row: { original } }) => <TokenMenu token={original} onEdit={onEdit} /> },
    ];
  }, [t, language, quotaPerUnit, onEdit]);
}

function TokenMenu({ token, onEdit }: { token: TokenRow; onEdit: (token: TokenRow) => void }) {
  const { t } = useTranslation();
  const [, setStatus] = useMutation(TokenSetStatusDocument);
  const [, remove] = useMutation(TokenDeleteDocument);
  const enabled = token.status === 'ENABLED';
  const toggle = async () => {
    const { data } = await setStatus({ id: token.id, status: enabled ? 'DISABLED' : 'ENABLED' });
    const refusal = data?.tokenSetStatus.userErrors[0];
    if (refusal) notifications.show({ color: 'red', message: refusal.message });
  };
  const confirmDelete = () => modals.openConfirmModal({
    title: t('token.deleteTitle', { name: token.name }),
    children: <Text size="sm">{t('token.deleteAbout')}</Text>,
    labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' },
    onConfirm: () => void remove({ id: token.id }, { additionalTypenames: ['Token'] }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('token.more', { name: token.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onEdit(token)}>{t('action.edit')}</Menu.Item>
        <Menu.Item onClick={() => void toggle()}>{t(enabled ? 'action.disable' : 'action.enable')}</Menu.Item>
        <Menu.Item color="red" onClick={confirmDelete}>{t('action.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
