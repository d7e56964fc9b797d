import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { AccountQuery } from '../../gql/graphql.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatQuota } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { showRefusals } from '../../ui/toast.ts';
import { useViewer } from '../session/viewer.ts';
import { InviteTransferDocument } from './account.documents.ts';
import { useActKey } from './use-act-key.ts';

type Invite = NonNullable<AccountQuery['viewer']>['invite'];

export function InviteSection({ invite, onChange }: { invite: Invite; onChange: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer(), { key, next } = useActKey();
  const [{ fetching }, transfer] = useMutation(InviteTransferDocument);
  const move = async () => {
    const { data, error } = await transfer({ quota: invite.pending, key });
    if (!showRefusals(data?.inviteRewardTransfer.userErrors, error)) return;
    next();
    onChange();
  };
  const shown = (quota: string) => formatQuota(quota, quotaPerUnit, language);
  return (
    <Section title={t('account.invite')} about={t('account.inviteAbout')}
      actions={<Button variant="default" loading={fetching} disabled={Number(invite.pending) < quotaPerUnit} onClick={() => void move()}>{t('account.move')}</Button>}>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" ff="monospace" truncate data-testid="invite-link">{invite.url}</Text>
        <CopyButton value={invite.url ?? ''} />
      </Group>
      <Text size="sm">{t('account.invited', { count: invite.count, pending: shown(invite.pending), lifetime: shown(invite.lifetime) })}</Text>
    </Section>
  );
}
