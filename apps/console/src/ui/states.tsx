import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import styles from './states.module.css';

/** What happened, in the server's words when it gave any. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof ApiError) {
      if (error.message !== '') return error.message;
      if (error.code === 'unreachable') return t('failed.unreachable');
    }
    return t('failed.unknown');
  };
}

type FailedProps = { readonly error: unknown; readonly onRetry?: () => void; readonly title?: string };

/** A view that could not be loaded: what happened, what was kept, what to do. */
export function Failed({ error, onRetry, title }: FailedProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{title ?? t('failed.title')}</p>
      <p className={styles.text}>{textOf(error)}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('failed.retry')}
        </Button>
      )}
    </div>
  );
}

type EmptyProps = { readonly title: string; readonly text: ReactNode; readonly children?: ReactNode };

/** A view with nothing in it: what it is, why it is empty, and the button that fills it. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  );
}
