import { useQueryClient } from '@tanstack/react-query';
import type { ReceiptSettingsBody } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';
import { ChoiceField, LinesField, TextField, TickField } from '../ui/forms/fields.tsx';
import { ForEachProgramme, Loaded } from '../ui/forms/programme-settings.tsx';
import { Fields, Group, SettingsForm } from '../ui/forms/settings-form.tsx';
import { type FieldsOf, useSettings } from '../ui/forms/use-settings.ts';
import { Page } from '../ui/page.tsx';
import { type Draft, draftOf, settingsOf } from './draft.ts';
import { settingsQuery } from './queries.ts';

/** Which receipts are taken, and which need nobody's look, programme by programme. */
export function ReceiptSettingsPage() {
  const { t } = useTranslation('receipts');
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} back={{ to: '/receipts', label: t('title') }} narrow>
      <ForEachProgramme>
        {(programmeId) => (
          <Loaded key={programmeId} query={settingsQuery(programmeId)}>
            {(saved) => <Settings programmeId={programmeId} saved={saved} />}
          </Loaded>
        )}
      </ForEachProgramme>
    </Page>
  );
}

type SettingsProps = { readonly programmeId: number; readonly saved: ReceiptSettingsBody };

function Settings({ programmeId, saved }: SettingsProps) {
  const { t } = useTranslation('receipts');
  const queryClient = useQueryClient();
  const form = useSettings<ReceiptSettingsBody, Draft>({
    name: `receipts.${programmeId}`,
    saved,
    draftOf: (settings) => draftOf(settings, currentLanguage() === 'ru'),
    read: settingsOf,
    async write(body) {
      const path = `/programmes/${programmeId}/receipts`;
      const answer = await request<ReceiptSettingsBody>(path, { method: 'PUT', body });
      queryClient.setQueryData(settingsQuery(programmeId).queryKey, answer);
    },
  });
  return (
    <SettingsForm form={form}>
      <TickField form={form} name="enabled" label={t('setting.enabled')} />
      <Taken form={form} />
      <Automatic form={form} />
    </SettingsForm>
  );
}

type PartProps = { readonly form: FieldsOf<Draft> };

function Taken({ form }: PartProps) {
  const { t } = useTranslation('receipts');
  return (
    <Group title={t('settings.taken')}>
      <Fields>
        <TextField form={form} name="maxAgeDays" label={t('setting.maxAgeDays')} />
        <TextField form={form} name="minimumSum" sum label={t('setting.minimumSum')} />
        <TextField form={form} name="uploadsPerDay" label={t('setting.uploadsPerDay')} />
      </Fields>
      <LinesField
        form={form}
        name="storages"
        label={t('setting.storages')}
        hint={t('settings.storagesHint')}
        wrong={t('settings.wrongStorages')}
        maxLength={12_500}
      />
      <ChoiceField
        form={form}
        name="otherStorages"
        label={t('setting.otherStorages')}
        of={(['review', 'reject'] as const).map((value) => ({ value, label: t(`others.${value}`) }))}
      />
    </Group>
  );
}

function Automatic({ form }: PartProps) {
  const { t } = useTranslation('receipts');
  return (
    <Group title={t('settings.automatic')} hint={t('settings.automaticHint')}>
      <TickField form={form} name="automatic" label={t('setting.automatic')} />
      {form.draft.automatic && (
        <Fields>
          <TextField form={form} name="afterHours" label={t('setting.afterHours')} />
          <TextField form={form} name="maxSum" label={t('setting.maxSum')} />
          <TextField form={form} name="perDay" label={t('setting.perDay')} />
          <TextField form={form} name="perMonth" label={t('setting.perMonth')} />
        </Fields>
      )}
    </Group>
  );
}
