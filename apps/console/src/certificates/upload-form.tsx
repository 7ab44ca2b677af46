import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CredentialRow, UploadCertificate } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { credentialsQuery } from '../api/queries.ts';
import styles from './certificate.module.css';
import { FileField } from './file-field.tsx';
import { Refused } from './new-certificate-page.tsx';
import type { ChosenFile } from './read-file.ts';

type UploadFormProps = {
  readonly credential: CredentialRow;
  /** With a key of the reader's own, instead of the one that the server has made. */
  readonly own?: boolean;
  readonly onDone: () => void;
};

type Files = { certificate?: ChosenFile; privateKey?: ChosenFile; intermediate?: ChosenFile };

function bodyOf(files: Files, passphrase: string): UploadCertificate {
  return {
    certificate: files.certificate?.base64 ?? '',
    ...(files.privateKey ? { privateKey: files.privateKey.base64 } : {}),
    ...(files.intermediate ? { intermediate: files.intermediate.base64 } : {}),
    ...(passphrase === '' ? {} : { passphrase }),
  };
}

function useUpload(credential: CredentialRow, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UploadCertificate) =>
      request<CredentialRow>(`/credentials/${credential.credentialId}/certificate`, { method: 'POST', body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
      onDone();
    },
  });
}

/** Brings the certificate, and with `own` its key and Apple's intermediate. The server says what does not fit, one by one. */
export function UploadForm({ credential, own = false, onDone }: UploadFormProps) {
  const { t } = useTranslation();
  const upload = useUpload(credential, onDone);
  const [files, setFiles] = useState<Files>({});
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const passphrase = new FormData(event.currentTarget).get('passphrase');
    upload.mutate(bodyOf(files, typeof passphrase === 'string' ? passphrase : ''));
  };
  const take = (name: keyof Files) => (file: ChosenFile | undefined) => {
    upload.reset();
    setFiles(({ [name]: _, ...others }) => (file ? { ...others, [name]: file } : others));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <FileField
        label={t('upload.certificate')}
        hint={t('upload.certificateHint')}
        accept=".cer,.crt,.pem,.der"
        required
        value={files.certificate}
        onChange={take('certificate')}
      />
      {own && <KeyFields files={files} take={take} />}
      {upload.isError && <Refused error={upload.error} />}
      <div className={styles.ways}>
        <Button type="submit" size="md" loading={upload.isPending}>
          {t('upload.send')}
        </Button>
      </div>
    </form>
  );
}

type KeyFieldsProps = {
  readonly files: Files;
  readonly take: (name: keyof Files) => (file: ChosenFile | undefined) => void;
};

function KeyFields({ files, take }: KeyFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <FileField
        label={t('upload.privateKey')}
        hint={t('upload.privateKeyHint')}
        accept=".pem,.key,.der,.p8"
        required
        value={files.privateKey}
        onChange={take('privateKey')}
      />
      <PasswordInput
        name="passphrase"
        size="md"
        label={t('upload.passphrase')}
        description={t('upload.passphraseHint')}
        autoComplete="off"
        maxLength={1024}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      />
      <FileField
        label={t('upload.intermediate')}
        hint={t('upload.intermediateHint')}
        accept=".cer,.crt,.pem,.der"
        value={files.intermediate}
        onChange={take('intermediate')}
      />
    </>
  );
}
