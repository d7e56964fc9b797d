import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { IdentityKind, SecurityQuery } from '../../gql/graphql.ts';
import { formatTime } from '../../ui/format.ts';
import { showRefusals } from '../../ui/toast.ts';
import { identityNames, isOAuth } from '../session/identity-names.ts';
import { OAuthBeginDocument } from '../session/ways.documents.ts';
import { Item, Section } from '../../ui/section.tsx';
import { BindingDeleteDocument } from './security.documents.ts';

type Bindings = NonNullable<SecurityQuery['viewer']>['bindings'];

/** Accounts elsewhere: those that are bound, and those that can be. */
export function BindingsSection({ bindings, offered, onChange }: { bindings: Bindings; offered: readonly IdentityKind[]; onChange: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const client = useClient();
  const bind = async (provider: IdentityKind) => {
    const { data, error } = await client.mutation(OAuthBeginDocument, { provider }).toPromise();
    if (showRefusals(data?.oauthBegin.userErrors, error) && data?.oauthBegin.url) window.location.assign(data.oauthBegin.url);
  };
  const remove = async (kind: IdentityKind) => {
    const { data, error } = await client.mutation(BindingDeleteDocument, { kind }).toPromise();
    if (showRefusals(data?.bindingDelete.userErrors, error)) onChange();
  };
  const free = offered.filter((kind) => isOAuth(kind) && !bindings.some((one) => one.kind === kind));
  return (
    <Section title={t('security.bindings')} about={t('security.bindingsAbout')}
      actions={free.map((kind) => <Button key={kind} variant="default" onClick={() => void bind(kind)}>{t('security.bind', { name: identityNames[kind] })}</Button>)}>
      <ul className="plain-list">
        {bindings.map(({ kind, label, subject, boundAt }) => (
          <Item key={kind} name={`${identityNames[kind]}: ${label || subject}`} detail={t('security.boundAt', { at: formatTime(boundAt, language) })}
            action={<Button size="compact-sm" variant="subtle" color="red" aria-label={t('security.removeNamed', { name: identityNames[kind] })} onClick={() => void remove(kind)}>{t('security.unbind')}</Button>} />
        ))}
      </ul>
    </Section>
  );
}
