import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { useFormat } from '../app/format.ts';
import { currentLanguage } from '../app/language.ts';
import { serverClock } from '../app/server-clock.ts';
import { Fields, Group } from '../ui/forms/settings-form.tsx';
import styles from './campaigns.module.css';
import { isNight } from './draft.ts';
import type { CampaignForm } from './use-campaign.ts';

const PURPOSES = ['advertising', 'service'] as const;

type SectionProps = { readonly form: CampaignForm };

/** What the message is for: the law asks, and guests do. */
export function PurposeSection({ form }: SectionProps) {
  const { t } = useTranslation('campaigns');
  const { draft, change } = form;
  return (
    <Group title={t('purpose.title')}>
      {PURPOSES.map((purpose) => (
        <label key={purpose} className={styles.option}>
          <input type="radio" name="purpose" checked={draft.purpose === purpose} onChange={() => change({ purpose })} />
          <span>
            {t(`purpose.${purpose}`)}
            <span className={styles.optionHint}>{t(`purposeHint.${purpose}`)}</span>
          </span>
        </label>
      ))}
    </Group>
  );
}

/** The hour, and whom to leave in peace. */
export function WhenSection({ form }: SectionProps) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { timeZone } = useSession().company;
  const { draft, change, errorOf } = form;
  const zone = useZoneName(timeZone);
  const time = format.time(new Date(serverClock.now()).toISOString());
  return (
    <Group title={t('when.title')}>
      <Fields>
        <TextInput
          size="md"
          type="datetime-local"
          label={t('when.at')}
          description={t('when.zone', { zone, time })}
          value={draft.at}
          error={errorOf('at')}
          onChange={(event) => change({ at: event.currentTarget.value })}
        />
        <TextInput
          size="md"
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          label={t('when.quiet')}
          description={t('when.quietHint')}
          value={draft.quietHours}
          error={errorOf('quietHours')}
          onChange={(event) => change({ quietHours: event.currentTarget.value })}
        />
      </Fields>
      {draft.at !== '' && isNight(draft.at) && <p className={styles.warn}>{t('when.night')}</p>}
    </Group>
  );
}

/** «Москва, стандартное время», as the reader's language calls the zone. */
function useZoneName(timeZone: string): string {
  const parts = new Intl.DateTimeFormat(currentLanguage(), { timeZone, timeZoneName: 'long' });
  const name = parts.formatToParts(serverClock.now()).find(({ type }) => type === 'timeZoneName')?.value;
  return name ?? timeZone;
}
