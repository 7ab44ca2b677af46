import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { NewProgramme, ProgrammeDetail } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { Page } from '../ui/page.tsx';
import { programmesQuery } from './api.ts';
import styles from './editor.module.css';
import { type Kind, kinds } from './kinds.ts';

/** The first step: of which type, and what it is called. Sensible settings come with the type. */
export function NewProgrammePage() {
  const { t } = useTranslation('programmes');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<Kind>(1);
  const [name, setName] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const create = useMutation({
    mutationFn: (body: NewProgramme) => request<ProgrammeDetail>('/programmes', { method: 'POST', body }),
    onSuccess: async ({ programmeId }) => {
      await queryClient.invalidateQueries({ queryKey: programmesQuery.queryKey });
      const params = { programmeId: String(programmeId) };
      await navigate({ to: '/programmes/$programmeId', params, search: {}, replace: true });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    create.mutate({ key, name: name.trim(), kind });
  };
  return (
    <Page narrow title={t('create.title')} lead={t('create.lead')} back={{ to: '/programmes', label: t('list.title') }}>
      <form className={styles.form} onSubmit={submit}>
        <fieldset className={styles.kinds}>
          {kinds.map((one) => (
            <label key={one.kind} className={styles.kind}>
              <input type="radio" name="kind" checked={kind === one.kind} onChange={() => setKind(one.kind)} />
              <span className={styles.kindName}>{t(one.word)}</span>
              <span className={styles.quiet}>{t(`kindHint.${one.name}`)}</span>
            </label>
          ))}
        </fieldset>
        <TextInput
          size="md"
          label={t('create.name')}
          description={t('create.nameHint')}
          value={name}
          required
          withAsterisk={false}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {create.isError && <Refused error={create.error} />}
        <div className={styles.when}>
          <Button type="submit" size="md" loading={create.isPending}>
            {t('create.make')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
