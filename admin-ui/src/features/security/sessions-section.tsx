import { Badge, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { SecurityQuery } from '../../gql/graphql.ts';
import { formatTime } from '../../ui/format.ts';
import { showRefusals } from '../../ui/toast.ts';
import { Item, Section } from '../../ui/section.tsx';
import { SessionRevokeDocument } from './security.documents.ts';

type Sessions = NonNullable<SecurityQuery['viewer']>['sessions'];

/** Browser and system, as far as the header of a browser tells. */
function deviceOf(userAgent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(userAgent)?.[1] ?? userAgent.split(/[\s/]/)[0] ?? '';
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1];
  return [browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser, system].filter(Boolean).join(', ');
}

export function SessionsSection({ sessions, onChange }: { sessions: Sessions; onChange: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const client = useClient();
  const others = sessions.filter(({ current }) => !current).map(({ id }) => id);
  const end = async (ids: string[]) => {
    const { data, error } = await client.mutation(SessionRevokeDocument, { ids }).toPromise();
    if (showRefusals(data?.sessionRevoke.userErrors, error)) onChange();
  };
  return (
    <Section title={t('security.sessions')} about={t('security.sessionsAbout')} actions={others.length > 0 && <Button variant="default" onClick={() => void end(others)}>{t('security.endOthers')}</Button>}>
      <ul className="plain-list">
        {sessions.map(({ id, ip, userAgent, createdAt, lastSeenAt, current }) => (
          <Item key={id} name={<Group gap="xs">{deviceOf(userAgent) || ip}{current && <Badge size="sm" variant="light">{t('security.thisOne')}</Badge>}</Group>}
            detail={t('security.sessionTimes', { ip, begun: formatTime(createdAt, language), seen: formatTime(lastSeenAt, language) })}
            action={!current && <Button size="compact-sm" variant="subtle" color="red" onClick={() => void end([id])}>{t('security.end')}</Button>} />
        ))}
      </ul>
    </Section>
  );
}
