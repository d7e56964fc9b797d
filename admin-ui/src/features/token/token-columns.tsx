import { ActionIcon, Code, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Columns } from '../../ui/data-table.tsx';
import { formatQuota, formatTime } from '../../ui/format.ts';
import { StatusSwitch } from '../../ui/status-switch.tsx';
import { useViewer } from '../session/viewer.ts';
import type { TokenRow } from './token-form.ts';
import type { TokenActs } from './use-token-acts.tsx';

export function useTokenColumns(acts: TokenActs): Columns<TokenRow> {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return useMemo((): Columns<TokenRow> => {
    const quota = (units: string) => <span title={units}>{formatQuota(units, quotaPerUnit, language)}</span>;
    return [
      { id: 'name', header: t('token.name'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Text size="sm" fw={600} lineClamp={2} title={original.name}>{original.name}</Text> },
      { id: 'status', header: t('token.status'), cell: ({ row: { original } }) => <Status token={original} acts={acts} /> },
      { id: 'key', header: t('token.key'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => <Code>{original.maskedKey}</Code> },
      { id: 'used', header: t('token.used'), meta: { className: 'number' }, cell: ({ row: { original } }) => quota(original.usedQuota) },
      { id: 'remaining', header: t('token.remaining'), meta: { className: 'number' }, cell: ({ row: { original } }) => (original.unlimited ? t('token.noLimit') : quota(original.remaining)) },
      { id: 'models', header: t('token.models'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Text size="sm" lineClamp={2} title={original.models?.join(', ')}>{original.models?.join(', ') ?? t('token.allModels')}</Text> },
      { id: 'accessed', header: t('token.accessed'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => (original.accessedAt ? formatTime(original.accessedAt, language) : '–') },
      { id: 'expires', header: t('token.expires'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => (original.expiresAt ? formatTime(original.expiresAt, language) : t('token.never')) },
      { id: 'actions', header: t('token.actions'), cell: ({ row: { original } }) => <TokenMenu token={original} acts={acts} /> },
    ];
  }, [t, language, quotaPerUnit, acts]);
}

/** A token whose time or quota is over is mended in its editor and not by a switch. */
function Status({ token, acts }: { token: TokenRow; acts: TokenActs }) {
  const { t } = useTranslation();
  const over = token.status === 'EXPIRED' || token.status === 'EXHAUSTED';
  return (
    <StatusSwitch on={token.status === 'ENABLED'} word={t(`token.status_${token.status}`)} name={token.name} reason={over ? t(`token.mend_${token.status}`) : null} disabled={over}
      onChange={() => acts.toggle(token)} />
  );
}

function TokenMenu({ token, acts }: { token: TokenRow; acts: TokenActs }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('token.more', { name: token.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.edit(token)}>{t('action.edit')}</Menu.Item>
        <Menu.Item color="red" onClick={() => acts.remove(token)}>{t('action.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
