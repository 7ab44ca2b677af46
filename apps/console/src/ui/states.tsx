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

type FailedProps = {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly title?: string;
  /** `h1` where the state is the whole page. */
  readonly heading?: 'h1' | 'h2';
};

/** A view that could not be loaded: what happened, what was kept, what to do. */
export function Failed({ error, onRetry, title, heading: Heading = 'h2' }: FailedProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  return (
    <div className={styles.state} role="alert">
      <Heading className={styles.title}>{title ?? t('failed.title')}</Heading>
      <p className={styles.text}>{textOf(error)}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('failed.retry')}
        </Button>
      )}
    </div>
  );
}

type EmptyProps = {
  readonly title: string;
  readonly text: ReactNode;
  readonly heading?: 'h1' | 'h2';
  readonly children?: ReactNode;
};

/** A view with nothing in it: what it is, why it is empty, and the button that fills it. */
export function Empty({ title, text, heading: Heading = 'h2', children }: EmptyProps) {
  return (
    <div className={styles.state}>
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  );
}
