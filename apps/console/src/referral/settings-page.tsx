import { useQueryClient } from '@tanstack/react-query';
import type { ReferralSettingsBody } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';
import { ChoiceField, TextField, TickField } from '../ui/forms/fields.tsx';
import { ForEachProgramme, Loaded } from '../ui/forms/programme-settings.tsx';
import { Fields, Group, SettingsForm } from '../ui/forms/settings-form.tsx';
import { type FieldsOf, useSettings } from '../ui/forms/use-settings.ts';
import { Page } from '../ui/page.tsx';
import { type Draft, draftOf, settingsOf } from './draft.ts';
import { Example } from './example.tsx';
import { settingsQuery } from './queries.ts';

/** Who gets what for a friend, programme by programme. */
export function ReferralSettingsPage() {
  const { t } = useTranslation('referral');
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} back={{ to: '/referral', label: t('title') }} narrow>
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

type SettingsProps = { readonly programmeId: number; readonly saved: ReferralSettingsBody };

/** The settings with the sentence that they make, changing as they are typed. */
function Settings({ programmeId, saved }: SettingsProps) {
  const { t } = useTranslation('referral');
  const queryClient = useQueryClient();
  const form = useSettings<ReferralSettingsBody, Draft>({
    name: `referral.${programmeId}`,
    saved,
    draftOf: (settings) => draftOf(settings, currentLanguage() === 'ru'),
    read: (draft) => settingsOf(draft, saved),
    async write(body) {
      const path = `/programmes/${programmeId}/referral`;
      const answer = await request<ReferralSettingsBody>(path, { method: 'PUT', body });
      queryClient.setQueryData(settingsQuery(programmeId).queryKey, answer);
    },
  });
  return (
    <SettingsForm form={form}>
      <TickField form={form} name="enabled" label={t('settings.enabled')} />
      <Example settings={form.settings} />
      <Rewards form={form} />
      <Limits form={form} />
    </SettingsForm>
  );
}

type PartProps = { readonly form: FieldsOf<Draft> };

function Rewards({ form }: PartProps) {
  const { t } = useTranslation('referral');
  const moments = (['at_once', 'after_return_window'] as const).map((value) => ({
    value,
    label: t(`moment.${value}`),
  }));
  return (
    <Group title={t('settings.rewards')}>
      <Fields>
        <TextField form={form} name="friend" label={t('field.friend')} />
        <ChoiceField form={form} name="friendMoment" label={t('field.moment')} of={moments} />
        <TextField form={form} name="own" label={t('field.own')} />
        <ChoiceField form={form} name="ownMoment" label={t('field.moment')} of={moments} />
        <TextField form={form} name="minimum" sum label={t('field.minimum')} />
        <TextField form={form} name="upper" label={t('field.upper')} />
      </Fields>
    </Group>
  );
}

function Limits({ form }: PartProps) {
  const { t } = useTranslation('referral');
  return (
    <Group title={t('settings.limits')}>
      <Fields>
        <TextField form={form} name="returnDays" label={t('field.returnDays')} />
        <TextField form={form} name="cap" label={t('field.cap')} />
        <TextField form={form} name="attributionDays" label={t('field.attributionDays')} />
        <TextField form={form} name="pendingDays" label={t('field.pendingDays')} />
        <ChoiceField
          form={form}
          name="touch"
          label={t('field.touch')}
          of={(['last', 'first'] as const).map((value) => ({ value, label: t(`touch.${value}`) }))}
        />
        <ChoiceField
          form={form}
          name="knownDevices"
          label={t('field.knownDevices')}
          of={(['reject', 'accept'] as const).map((value) => ({ value, label: t(`devices.${value}`) }))}
        />
      </Fields>
    </Group>
  );
}
