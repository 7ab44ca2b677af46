import { type ChangeEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.tsx';
import styles from './certificate.module.css';
import { type ChosenFile, readFile } from './read-file.ts';

type FileFieldProps = {
  readonly label: string;
  readonly hint?: string;
  /** File name endings, as the `accept` attribute wants them. */
  readonly accept: string;
  readonly required?: boolean;
  readonly value: ChosenFile | undefined;
  readonly onChange: (file: ChosenFile | undefined) => void;
};

/** A place to choose a small file or to drop it on. */
export function FileField({ label, hint, accept, required = false, value, onChange }: FileFieldProps) {
  const { t } = useTranslation();
  const [error, setError] = useState<'tooLarge' | 'unreadable'>();
  const id = useId();
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    const read = await readFile(file);
    setError(read.ok ? undefined : read.reason);
    onChange(read.ok ? read.file : undefined);
  };
  return (
    <div className={styles.file}>
      <label htmlFor={id} className={styles.fileLabel}>
        {label}
      </label>
      <div className={`${styles.filePlace} ${value ? styles.fileChosen : ''}`}>
        <Icon name="file" />
        <span>{value ? value.name : t('upload.choose')}</span>
        <input
          id={id}
          type="file"
          accept={accept}
          required={required}
          aria-describedby={`${id}-told`}
          onChange={(event) => void choose(event)}
        />
      </div>
      <p id={`${id}-told`} className={error ? styles.fileError : 'small quiet'} role={error ? 'alert' : undefined}>
        {error ? t(`upload.${error}`) : hint}
      </p>
    </div>
  );
}
