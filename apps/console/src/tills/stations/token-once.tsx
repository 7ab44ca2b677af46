import { Button } from '@mantine/core';
import type { Station } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/forms/copy.tsx';
import { PanelForm, Question } from '../../ui/forms/panel-form.tsx';
import styles from '../tills.module.css';
import { useStationToken } from './queries.ts';

/** A token for a till script instead of a page: it is told once, and takes the station over. */
export function TokenOnce({ station, onClose }: { readonly station: Station; readonly onClose: () => void }) {
  const { t } = useTranslation('tills');
  const { mutate: issue, data, error, isPending } = useStationToken(station.stationId);
  if (data) {
    return (
      <section className={styles.once} aria-label={t('token.title')}>
        <h2>{t('token.title')}</h2>
        <p>{t('token.text')}</p>
        <CopyText text={`Authorization: Bearer ${data.token}`} />
        <p className="small quiet">{t('token.once')}</p>
        <Button variant="subtle" onClick={onClose}>
          {t('token.done')}
        </Button>
      </section>
    );
  }
  return (
    <PanelForm
      label={t('stations.token')}
      action={t('token.issue')}
      cancel={t('cancel')}
      busy={isPending}
      error={error}
      onSubmit={() => issue()}
      onCancel={onClose}
    >
      <Question>{t('token.ask')}</Question>
      <p className="small quiet">{station.paired ? t('token.takesOver') : t('token.about')}</p>
    </PanelForm>
  );
}
