import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { useViewer } from '../session/viewer.ts';
import { TokenFields } from './token-fields.tsx';
import { changesOf, emptyForm, fieldNames, formOf, inputOf, type TokenForm, type TokenRow } from './token-form.ts';
import { TokenCreateDocument, TokenUpdateDocument } from './token.documents.ts';

interface Props { token: TokenRow | undefined; onClose: () => void; onCreated: (key: string) => void; onReload: (token: TokenRow) => void }

export function TokenEditor({ token, onClose, onCreated, onReload }: Props) {
  const { t } = useTranslation();
  const { quotaPerUnit } = useViewer();
  const before = token ? formOf(token, quotaPerUnit) : emptyForm;
  const form = useForm<TokenForm>({ defaultValues: before });
  const { placed, take } = useRefusals(fieldNames, form.setError);
  const [created, create] = useMutation(TokenCreateDocument);
  const [updated, update] = useMutation(TokenUpdateDocument);

  const change = async ({ id, version }: TokenRow, values: TokenForm) => {
    const { data } = await update({ id, input: changesOf(before, values, quotaPerUnit), expectedVersion: version });
    if (data && take(data.tokenUpdate.userErrors)) onClose();
  };
  const add = async (values: TokenForm) => {
    const { data } = await create({ input: inputOf(values, quotaPerUnit) }, { additionalTypenames: ['Token'] });
    if (data && take(data.tokenCreate.userErrors) && data.tokenCreate.key) onCreated(data.tokenCreate.key);
  };
  const submit = form.handleSubmit((values) => (token ? change(token, values) : add(values)));
  return (
    <EditDrawer title={token ? t('token.editTitle', { name: token.name }) : t('token.add')} act={token ? 'save' : 'create'} dirty={form.formState.isDirty}
      saving={created.fetching || updated.fetching} placed={placed} fault={created.error ?? updated.error}
      onSubmit={(event) => void submit(event)} onClose={onClose} onReload={() => token && onReload(token)}>
      <TokenFields form={form} />
    </EditDrawer>
  );
}
