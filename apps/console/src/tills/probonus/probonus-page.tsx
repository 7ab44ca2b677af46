import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/forms/copy.tsx';
import { Loaded } from '../../ui/forms/programme-settings.tsx';
import { TillsPage } from '../room.tsx';
import styles from '../tills.module.css';
import { Mapping } from './mapping.tsx';
import { probonusQuery } from './queries.ts';
import { Report } from './report.tsx';
import { Shadow } from './shadow.tsx';

/** How tills that speak ProBonus are answered, and what a comparison with the old server has found. */
export function ProbonusPage() {
  const { t } = useTranslation('tills');
  const docs = (
    <Button component="a" href="/api/v0/docs" target="_blank" rel="noopener" variant="default">
      {t('probonus.docs')}
    </Button>
  );
  return (
    <TillsPage title={t('probonus.title')} lead={t('probonus.lead')} action={docs} narrow>
      <div className={styles.stack}>
        <section>
          <p className="small quiet">{t('probonus.address')}</p>
          <CopyText text={`${window.location.origin}/api/v0`} />
        </section>
        <Loaded query={probonusQuery}>
          {(saved) => (
            <>
              <Mapping saved={saved.mapping as Record<string, unknown>} />
              <Shadow saved={saved} />
            </>
          )}
        </Loaded>
        <Report />
      </div>
    </TillsPage>
  );
}
