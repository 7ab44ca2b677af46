import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Failed } from '../ui/states.tsx';
import styles from './route-states.module.css';

/** A page that could not be shown at all. */
export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <div className={styles.alone}>
      <title>{t('failed.title')}</title>
      <Failed error={error} onRetry={retry} heading="h1" />
    </div>
  );
}

export function RouteNotFound() {
  const { t } = useTranslation();
  return (
    <div className={styles.alone}>
      <title>{t('notFound.title')}</title>
      <Empty heading="h1" title={t('notFound.title')} text={t('notFound.text')}>
        <Button component={Link} to="/accounts" variant="default">
          {t('notFound.toGuests')}
        </Button>
      </Empty>
    </div>
  );
}
