import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { ChannelCreateDocument, ChannelUpdateDocument } from './channel.documents.ts';
import { ChannelFields } from './channel-fields.tsx';
import { changesOf, emptyForm, fieldNames, formOf, inputOf, type ChannelForm } from './channel-form.ts';
import type { ChannelRow, ChannelTypeRow } from './channel-row.ts';

interface Props { channel: ChannelRow | undefined; types: readonly ChannelTypeRow[]; onClose: () => void; onReload: (channel: ChannelRow) => void }

/** Adds a channel or changes one. A stored credential is never shown: an empty field keeps it. */
export function ChannelEditor({ channel, types, onClose, onReload }: Props) {
  const { t } = useTranslation();
  const form = useForm<ChannelForm>({ defaultValues: channel ? formOf(channel) : emptyForm(types[0]) });
  const { placed, take } = useRefusals(fieldNames, form.setError);
  const [created, create] = useMutation(ChannelCreateDocument);
  const [updated, update] = useMutation(ChannelUpdateDocument);

  const submit = form.handleSubmit(async (values) => {
    const refusals = channel
      ? (await update({ id: channel.id, input: changesOf(formOf(channel), values), expectedVersion: channel.version })).data?.channelUpdate.userErrors
      : (await create({ input: inputOf(values) })).data?.channelCreate.userErrors;
    if (refusals && take(refusals)) onClose();
  });
  return (
    <EditDrawer title={channel ? t('channel.editTitle', { name: channel.name }) : t('channel.add')} act={channel ? 'save' : 'create'} dirty={form.formState.isDirty}
      saving={created.fetching || updated.fetching} placed={placed} fault={created.error ?? updated.error}
      onSubmit={(event) => void submit(event)} onClose={onClose} onReload={() => channel && onReload(channel)}>
      <ChannelFields form={form} types={types} isNew={!channel} />
    </EditDrawer>
  );
}
