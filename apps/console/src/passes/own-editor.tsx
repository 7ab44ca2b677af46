import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PassDetail, PassPatch, PassPreview } from '@tessera/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { CardView } from '../ui/card-view.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './passes.module.css';
import { usePassStep } from './write.ts';

type Draft = {
  values: Record<string, string>;
  barcodeMessage: string;
  nfcMessage: string;
  expiresOn: string;
  customFields: { '5': string; '6': string; '7': string };
  notes: string;
};

const draftOf = ({ own, fields }: PassDetail): Draft => ({
  ...own,
  values: Object.fromEntries(fields.map(({ key }) => [key, own.values[key] ?? ''])),
  expiresOn: own.expiresOn ?? '',
});

/** An empty field gives the text back to the design. */
const wishOf = (draft: Draft): Omit<PassPatch, 'revision' | 'push'> => ({
  ...draft,
  expiresOn: draft.expiresOn === '' ? null : draft.expiresOn,
});

/** What this card says in the place of its design: an empty field says what the design says, which stands in it in grey. */
export function OwnEditor({ pass }: { readonly pass: PassDetail }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const [draft, setDraft] = useState(() => draftOf(pass));
  const step = usePassStep();
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(pass));
  const save = (push: boolean): void => {
    step.mutate({ passId: pass.passId, step: 'change', patch: { ...wishOf(draft), revision: pass.revision, push } });
  };
  return (
    <section className={styles.block} id="own">
      <h2>{t('own.title')}</h2>
      <p className="quiet">{t('own.text')}</p>
      <div className={styles.ownColumns}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save(true);
          }}
        >
          {pass.fields.map(({ key, label, inherited, group }) => (
            <Textarea
              key={key}
              autosize
              minRows={1}
              maxRows={8}
              maxLength={2_000}
              label={label || key}
              description={t(`own.groups.${group}`, group)}
              placeholder={inherited}
              value={draft.values[key] ?? ''}
              onChange={(event) =>
                setDraft({ ...draft, values: { ...draft.values, [key]: event.currentTarget.value } })
              }
            />
          ))}
          <Things pass={pass} draft={draft} onChange={setDraft} />
          {step.isError && (
            <p role="alert" className={styles.notice}>
              {textOf(step.error)}
            </p>
          )}
          <div className={styles.actions}>
            <Button type="submit" disabled={!changed} loading={step.isPending && step.variables?.step === 'change'}>
              {t('own.push')}
            </Button>
            <Button variant="default" disabled={!changed || step.isPending} onClick={() => save(false)}>
              {t('own.save')}
            </Button>
          </div>
        </form>
        {changed && <Preview pass={pass} draft={draft} />}
      </div>
    </section>
  );
}

type ThingsProps = { readonly pass: PassDetail; readonly draft: Draft; readonly onChange: (draft: Draft) => void };

function Things({ pass, draft, onChange }: ThingsProps) {
  const { t } = useTranslation('passes');
  const typed = (name: 'barcodeMessage' | 'nfcMessage' | 'expiresOn' | 'notes', rest: object) => (
    <TextInput
      label={t(`own.${name}`)}
      autoComplete="off"
      value={draft[name]}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
      {...rest}
    />
  );
  return (
    <details className={styles.further}>
      <summary>{t('own.further')}</summary>
      {pass.inheritedBarcode !== null &&
        typed('barcodeMessage', {
          placeholder: pass.inheritedBarcode,
          maxLength: 500,
          description: t('own.barcodeHint'),
        })}
      {typed('nfcMessage', { maxLength: 64 })}
      {typed('expiresOn', { type: 'date' })}
      {typed('notes', { maxLength: 2_000, description: t('own.notesHint') })}
      {(['5', '6', '7'] as const).map((number) => (
        <TextInput
          key={number}
          label={t('own.customField', { number })}
          maxLength={2_000}
          value={draft.customFields[number]}
          onChange={(event) =>
            onChange({ ...draft, customFields: { ...draft.customFields, [number]: event.currentTarget.value } })
          }
        />
      ))}
    </details>
  );
}

const QUIET_MS = 400;

/** The card with what is typed, and what a phone would say of it. */
function Preview({ pass, draft }: { readonly pass: PassDetail; readonly draft: Draft }) {
  const { t } = useTranslation('passes');
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), QUIET_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  const preview = useQuery({
    queryKey: ['passes', 'preview', pass.passId, pass.revision, settled],
    queryFn: ({ signal }) =>
      request<PassPreview>(`/passes/${pass.passId}/preview`, { method: 'POST', body: wishOf(settled), signal }),
    placeholderData: (before) => before,
    retry: false,
  });
  return (
    <div className={styles.preview}>
      {preview.data && (
        <>
          <CardView picture={preview.data.picture} />
          <p className="small quiet" role="status">
            {preview.data.notice === null ? t('own.silent') : t('own.notice')}
          </p>
          {preview.data.notice !== null && <p className={styles.push}>{preview.data.notice}</p>}
        </>
      )}
    </div>
  );
}
