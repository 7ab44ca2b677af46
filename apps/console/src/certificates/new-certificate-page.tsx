import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { CredentialRow, NewCredential } from '@tessera/contract';
import { type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api/http.ts';
import { credentialsQuery } from '../api/queries.ts';
import { useKept } from '../ui/kept.ts';
import { Page } from '../ui/page.tsx';
import { useErrorText } from '../ui/states.tsx';
import { Stacking } from '../wallets/stacking.tsx';
import styles from './certificate.module.css';
import { ProblemList } from './problem-list.tsx';

/** The first step: which pass type, whose team. Then either our own key and request, or files that exist already. */
export function NewCertificatePage() {
  const { t } = useTranslation();
  return (
    <Page
      narrow
      title={t('newCertificate.title')}
      lead={t('newCertificate.lead')}
      back={{ to: '/certificates', label: t('menu.certificates') }}
    >
      <NewCertificateForm />
      <Stacking />
    </Page>
  );
}

const EMPTY: NewCredential = { name: '', passTypeIdentifier: '', teamIdentifier: '' };
type Way = 'request' | 'own';

function useCreate() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ body }: { body: NewCredential; way: Way }) =>
      request<CredentialRow>('/credentials', { method: 'POST', body }),
    onSuccess: async (credential, { way }) => {
      await queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
      await navigate({
        to: '/certificates/$credentialId',
        params: { credentialId: String(credential.credentialId) },
        search: way === 'own' ? { own: 'yes' } : {},
        replace: true,
      });
    },
  });
}

function NewCertificateForm() {
  const { t } = useTranslation();
  const create = useCreate();
  const draft = useKept('new-certificate', EMPTY);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const pressed = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value');
    const body: NewCredential = {
      name: draft.value.name.trim(),
      passTypeIdentifier: draft.value.passTypeIdentifier.trim(),
      teamIdentifier: draft.value.teamIdentifier.trim().toUpperCase(),
    };
    create.mutate({ body, way: pressed === 'own' ? 'own' : 'request' }, { onSuccess: draft.forget });
  };
  const field = (name: keyof NewCredential) => ({
    name,
    label: t(`newCertificate.${name}`),
    description: t(`newCertificate.${name}Hint`),
    value: draft.value[name],
    onChange: (event: { currentTarget: { value: string } }) => draft.change({ [name]: event.currentTarget.value }),
    required: true,
    withAsterisk: false,
    size: 'md' as const,
    autoComplete: 'off',
    spellCheck: false,
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput {...field('name')} maxLength={100} />
      <TextInput
        {...field('passTypeIdentifier')}
        placeholder="pass.com.example.loyalty"
        pattern="\s*pass\.[A-Za-z0-9.\-]{1,200}\s*"
        title={t('newCertificate.passTypeIdentifierRule')}
        autoCapitalize="none"
      />
      <TextInput
        {...field('teamIdentifier')}
        placeholder="A1B2C3D4E5"
        pattern="\s*[A-Za-z0-9]{10}\s*"
        title={t('newCertificate.teamIdentifierRule')}
        autoCapitalize="characters"
      />
      {create.isError && <Refused error={create.error} />}
      <Ways pending={create.isPending ? create.variables.way : undefined} />
    </form>
  );
}

function Ways({ pending }: { readonly pending: Way | undefined }) {
  const { t } = useTranslation();
  const hint = useId();
  return (
    <div className={styles.ways}>
      <Button type="submit" value="request" size="md" loading={pending === 'request'} aria-describedby={hint}>
        {t('newCertificate.makeRequest')}
      </Button>
      <Button type="submit" value="own" size="md" variant="default" loading={pending === 'own'}>
        {t('newCertificate.own')}
      </Button>
      <p id={hint} className={styles.hint}>
        {t('newCertificate.waysHint')}
      </p>
    </div>
  );
}

/** Why the server refused: its sentence, then each field's own. */
export function Refused({ error }: { readonly error: unknown }) {
  const textOf = useErrorText();
  const fields = error instanceof ApiError ? error.fields : [];
  const sentences = fields.length > 0 ? fields : [{ path: 'all', message: textOf(error) }];
  return (
    <div role="alert" className={styles.refused}>
      {fields.length > 0 && <p className={styles.refusedTitle}>{textOf(error)}</p>}
      <ProblemList
        problems={sentences.map(({ path, message }) => ({ code: path, severity: 'error' as const, message }))}
      />
    </div>
  );
}
