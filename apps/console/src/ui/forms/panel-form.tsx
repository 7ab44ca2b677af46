import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useErrorText } from '../states.tsx';
import styles from './forms.module.css';

type PanelFormProps = {
  readonly label: string;
  /** The word on its button. */
  readonly action: string;
  readonly cancel: string;
  readonly busy?: boolean;
  readonly error?: unknown;
  readonly focusAction?: boolean;
  /** What it does cannot be undone. */
  readonly danger?: boolean;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  /** A further way, away from the others. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** A short form, or a question, that opens under what it changes. */
export function PanelForm(props: PanelFormProps) {
  const { label, action, cancel, busy = false, error, focusAction = false, danger = false, aside, children } = props;
  const textOf = useErrorText();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form className={styles.panel} onSubmit={submit} aria-label={label} noValidate>
      {children}
      {Boolean(error) && (
        <p role="alert" className={styles.failed}>
          {textOf(error)}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" size="md" loading={busy} autoFocus={focusAction} {...(danger ? { color: 'red' } : {})}>
          {action}
        </Button>
        <Button size="md" variant="default" disabled={busy} onClick={props.onCancel}>
          {cancel}
        </Button>
        {aside && <span className={styles.aside}>{aside}</span>}
      </div>
    </form>
  );
}

/** What is about to happen, in words. */
export const Question = ({ children }: { readonly children: ReactNode }) => (
  <p className={styles.question}>{children}</p>
);
