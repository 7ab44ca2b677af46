import type { ReactNode } from 'react';
import styles from './tick.module.css';

type TickProps = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Names the question that this is one answer of: of these only one is ticked. Absent: a yes or no of its own. */
  readonly oneOf?: string;
  readonly id?: string;
  readonly onChange: (checked: boolean) => void;
};

/** Yes or no, or one of a few answers: a box with its words, and quieter ones below them. */
export function Tick({ label, hint, checked, disabled = false, oneOf, id, onChange }: TickProps) {
  return (
    <label className={styles.tick}>
      <input
        {...(oneOf === undefined ? { type: 'checkbox' } : { type: 'radio', name: oneOf })}
        id={id}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  );
}
