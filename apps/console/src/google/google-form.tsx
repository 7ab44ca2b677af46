import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../certificates/certificate.module.css';
import { FileField } from '../certificates/file-field.tsx';
import { Refused } from '../certificates/new-certificate-page.tsx';
import type { ChosenFile } from '../certificates/read-file.ts';
import { useSaveGoogle } from './queries.ts';

type GoogleFormProps = {
  /** The issuer that is connected now; another one means new cards. */
  readonly issuerId?: string;
  readonly onDone?: () => void;
  readonly onCancel?: () => void;
};

/** The text of a file that was read as base64. */
const textOf = ({ base64 }: ChosenFile): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));

/** Brings the issuer's ID and the key. The server says what does not fit. */
export function GoogleForm({ issuerId = '', onDone, onCancel }: GoogleFormProps) {
  const { t } = useTranslation('google');
  const save = useSaveGoogle();
  const [issuer, setIssuer] = useState(issuerId);
  const [file, setFile] = useState<ChosenFile>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!file) return;
    save.mutate({ issuerId: issuer.trim(), serviceAccount: textOf(file) }, { onSuccess: () => onDone?.() });
  };
  const isMoving = issuerId !== '' && issuer.trim() !== issuerId;
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        name="issuerId"
        label={t('form.issuerId')}
        description={t('form.issuerIdHint')}
        value={issuer}
        onChange={(event) => setIssuer(event.currentTarget.value)}
        pattern="\s*[0-9]{3,25}\s*"
        title={t('form.issuerIdRule')}
        inputMode="numeric"
        placeholder="3388000000012345678"
        required
        withAsterisk={false}
        size="md"
        autoComplete="off"
      />
      {isMoving && <p className="small">{t('form.moving')}</p>}
      <FileField
        label={t('form.file')}
        hint={t('form.fileHint')}
        accept=".json,application/json"
        required
        value={file}
        onChange={(chosen) => {
          save.reset();
          setFile(chosen);
        }}
      />
      {save.isError && <Refused error={save.error} />}
      <div className={styles.ways}>
        <Button type="submit" size="md" loading={save.isPending}>
          {t('form.save')}
        </Button>
        {onCancel && (
          <Button size="md" variant="default" onClick={onCancel}>
            {t('form.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
