import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormSource, FormView } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress, queryString } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { currentLanguage } from '../app/language.ts';
import { Figures } from '../ui/figures.tsx';
import { CopyText } from '../ui/forms/copy.tsx';
import forms from '../ui/forms/forms.module.css';
import { Fields, Group } from '../ui/forms/settings-form.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import { addressFrom, isTag } from './draft.ts';
import styles from './forms.module.css';
import { conversionOf } from './numbers.ts';
import { sourcesQuery, useFormWrite } from './queries.ts';

/** What the server calls the links that guests send to their friends. */
const FRIEND = 'friend';
const periods = [7, 30, 90, 365] as const;

/** Links of a form: one for each place where guests see it, with its code and what it brings. */
export function Links({ form }: { readonly form: FormView }) {
  const { t } = useTranslation('forms');
  const [days, setDays] = useState<number>(30);
  const sources = useQuery(sourcesQuery(form.formId, days));
  return (
    <div className={styles.groups}>
      <div className={styles.row}>
        <NativeSelect
          size="md"
          aria-label={t('links.period')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={periods.map((value) => ({ value: String(value), label: t('numbers.period', { count: value }) }))}
        />
      </div>
      {sources.isPending && <SkeletonRows rows={3} height={120} />}
      {sources.isError && !sources.data && <Failed error={sources.error} onRetry={() => void sources.refetch()} />}
      <ul className={styles.links}>
        {sources.data?.items.map((source) => (
          <OneLink key={source.source} formId={form.formId} source={source} />
        ))}
      </ul>
      <NewLink formId={form.formId} />
    </div>
  );
}

function OneLink({ formId, source: one }: { readonly formId: string; readonly source: FormSource }) {
  const { t } = useTranslation('forms');
  const format = useFormat();
  const write = useFormWrite();
  const { source, name, url, numbers } = one;
  // A friend's invitation has a link of the friend's own: there is nothing to print.
  const friend = source === FRIEND && name === null;
  const isLink = source === '' || (isTag(source) && !friend);
  const from = source === '' ? {} : { source };
  const qr = (kind: 'svg' | 'png') => fileAddress(`/forms/${formId}/qr${queryString({ format: kind, ...from })}`);
  const poster = fileAddress(`/forms/${formId}/poster.pdf${queryString({ lang: currentLanguage(), ...from })}`);
  return (
    <li className={styles.link}>
      {isLink ? <img src={qr('svg')} alt={t('links.code')} className={styles.code} /> : <span />}
      <div className={styles.groups}>
        <h2>{source === '' ? t('links.plain') : friend ? t('links.friend') : (name ?? source)}</h2>
        <Figures
          figures={[
            { name: t('numbers.visits'), value: format.count(numbers.visits) },
            { name: t('numbers.registrations'), value: format.count(numbers.registrations) },
            { name: t('numbers.restored'), value: format.count(numbers.restored) },
            { name: t('numbers.conversion'), value: conversionOf(numbers) },
          ]}
        />
        {isLink && (
          <>
            <CopyText text={url} />
            <div className={styles.ways}>
              <a href={qr('svg')} download>
                {t('links.svg')}
              </a>
              <a href={qr('png')} download>
                {t('links.png')}
              </a>
              <a href={poster} download>
                {t('links.poster')}
              </a>
              {name !== null && (
                <Button
                  className="flush"
                  variant="subtle"
                  loading={write.isPending}
                  onClick={() => write.mutate({ path: `/forms/${formId}/sources/${source}`, method: 'DELETE' })}
                >
                  {t('links.remove')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </li>
  );
}

/** One more link: people give it a name, the tag in the address follows from it. */
function NewLink({ formId }: { readonly formId: string }) {
  const { t } = useTranslation('forms');
  const textOf = useErrorText();
  const write = useFormWrite();
  const [name, setName] = useState('');
  const [typedTag, setTag] = useState<string | null>(null);
  const tag = typedTag ?? addressFrom(name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '' || !isTag(tag)) return;
    write.mutate(
      { path: `/forms/${formId}/sources/${tag}`, method: 'PUT', body: { name: name.trim() } },
      {
        onSuccess: () => {
          setName('');
          setTag(null);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group title={t('links.newTitle')} hint={t('links.newHint')}>
        <Fields>
          <TextInput
            size="md"
            name="sourceName"
            label={t('links.name')}
            placeholder={t('links.nameExample')}
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            size="md"
            name="sourceTag"
            label={t('links.tag')}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            value={tag}
            onChange={(event) => setTag(event.currentTarget.value.toLowerCase())}
            error={tag !== '' && !isTag(tag) ? t('links.tagRule') : undefined}
          />
        </Fields>
        {write.isError && (
          <p role="alert" className={forms.failed}>
            {textOf(write.error)}
          </p>
        )}
        <div>
          <Button
            type="submit"
            variant="default"
            disabled={name.trim() === '' || !isTag(tag)}
            loading={write.isPending}
          >
            {t('links.add')}
          </Button>
        </div>
      </Group>
    </form>
  );
}
