import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FarCards, FarCardsAnswer } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/language.ts';
import { PanelForm, Question } from '../../ui/forms/panel-form.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../../ui/states.tsx';
import { TillsPage, useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { Address } from './address.tsx';
import { newSettings, rKeeperQuery, useSaveRKeeper } from './queries.ts';
import { RKeeperSettings } from './settings.tsx';

/** How r_keeper 7 is connected: its secret address, who may call, and what our levels and venues are called there. */
export function RKeeperPage() {
  const { t } = useTranslation('tills');
  const found = useQuery(rKeeperQuery);
  return (
    <TillsPage title={t('rKeeper.title')} lead={t('rKeeper.lead')} narrow>
      {found.isPending && <SkeletonRows rows={5} height={72} />}
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (found.data.settings ? <Connected found={found.data} /> : <NotConnected />)}
    </TillsPage>
  );
}

function NotConnected() {
  const { t } = useTranslation('tills');
  const textOf = useErrorText();
  const mayChange = useMayChange();
  const save = useSaveRKeeper();
  return (
    <Empty title={t('rKeeper.empty.title')} text={mayChange ? t('rKeeper.empty.text') : t('rKeeper.empty.owner')}>
      {mayChange && (
        <Button
          size="md"
          loading={save.isPending}
          onClick={() => save.mutate({ settings: newSettings(currentLanguage()) })}
        >
          {t('rKeeper.connect')}
        </Button>
      )}
      {save.isError && <p role="alert">{textOf(save.error)}</p>}
    </Empty>
  );
}

function Connected({ found }: { readonly found: FarCardsAnswer }) {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  const [asking, setAsking] = useState(false);
  const { settings, lastCalledAt } = found;
  if (!settings) return null;
  return (
    <div className={styles.stack}>
      <div className={styles.head}>
        <LastCall at={lastCalledAt} />
        {mayChange && !asking && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('rKeeper.newSecret')}
          </Button>
        )}
      </div>
      {asking && <NewSecret settings={settings} onClose={() => setAsking(false)} />}
      <Address />
      <RKeeperSettings saved={settings} examples={found.examples} />
    </div>
  );
}

function LastCall({ at }: { readonly at: string | null }) {
  const { t } = useTranslation('tills');
  if (at === null) {
    return (
      <div>
        <Mark tone="warning">{t('rKeeper.neverCalled')}</Mark>
        <p className="small quiet">{t('rKeeper.firstCall')}</p>
      </div>
    );
  }
  return (
    <Mark tone="good">
      {t('rKeeper.lastCall')} <Moment at={at} />
    </Mark>
  );
}

/** Makes another secret: the old address ends at once, so it asks first. */
function NewSecret({ settings, onClose }: { readonly settings: FarCards; readonly onClose: () => void }) {
  const { t } = useTranslation('tills');
  const save = useSaveRKeeper();
  return (
    <div className={styles.card}>
      <PanelForm
        label={t('rKeeper.newSecret')}
        action={t('rKeeper.makeSecret')}
        cancel={t('cancel')}
        busy={save.isPending}
        error={save.error}
        onSubmit={() => save.mutate({ settings, newSecret: true }, { onSuccess: onClose })}
        onCancel={onClose}
      >
        <Question>{t('rKeeper.askSecret')}</Question>
      </PanelForm>
    </div>
  );
}
