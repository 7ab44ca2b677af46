import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DesignRow, FormView } from '@tessera/contract';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { designsQuery } from '../api/queries.ts';
import { useSession } from '../app/company.ts';
import { currentLanguage } from '../app/language.ts';
import { CardView } from '../ui/card-view.tsx';
import forms from '../ui/forms/forms.module.css';
import { useKept } from '../ui/kept.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../ui/states.tsx';
import { addressFrom, bodyOf, isAddress, newBody } from './draft.ts';
import { FieldsEditor } from './editor.tsx';
import styles from './forms.module.css';
import { WordsField } from './parts.tsx';
import { Preview } from './preview.tsx';
import { useFormWrite } from './queries.ts';

const steps = ['design', 'words', 'fields'] as const;

/** A new form in three steps: which card it gives, where it is and what it says, what it asks. */
export function NewFormPage() {
  const { t } = useTranslation('forms');
  const designs = useQuery(designsQuery);
  const usable = designs.data?.items.filter(({ archivedAt }) => archivedAt === null) ?? [];
  return (
    <Page title={t('new.title')} lead={t('new.lead')} back={{ to: '/forms', label: t('list.title') }}>
      {designs.isPending && <SkeletonBlock height={360} />}
      {designs.isError && !designs.data && <Failed error={designs.error} onRetry={() => void designs.refetch()} />}
      {designs.data && usable.length === 0 && (
        <Empty title={t('new.noDesign')} text={t('new.noDesignText')}>
          <Button component={Link} to="/designs">
            {t('new.toDesigns')}
          </Button>
        </Empty>
      )}
      {usable.length > 0 && <Steps designs={usable} />}
    </Page>
  );
}

function Steps({ designs }: { readonly designs: readonly DesignRow[] }) {
  const { t } = useTranslation('forms');
  const { company } = useSession();
  const navigate = useNavigate();
  const textOf = useErrorText();
  const create = useFormWrite<FormView>();
  const typed = useKept('forms.new', {
    step: 0,
    designId: designs[0]!.designId,
    formId: addressFrom(company.name),
    body: newBody(currentLanguage()),
  });
  const { step, designId, formId, body } = typed.value;
  const last = step === steps.length - 1;
  const ready = step !== 1 || isAddress(formId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    if (!last) {
      typed.change({ step: step + 1 });
      return;
    }
    create.mutate(
      { path: '/forms', method: 'POST', body: { formId, designId, body: bodyOf(body) } },
      {
        onSuccess: (form) => {
          typed.forget();
          void navigate({ to: '/forms/$formId', params: { formId: form.formId }, search: {}, replace: true });
        },
      },
    );
  };
  const changeBody = (part: Partial<typeof body>): void => typed.change({ body: { ...body, ...part } });
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((name, index) => (
          <li key={name} aria-current={index === step ? 'step' : undefined}>
            {t('new.step', { number: index + 1, name: t(`new.${name}`) })}
          </li>
        ))}
      </ol>
      <div className={step === 0 ? undefined : styles.editor}>
        <form className={forms.form} onSubmit={submit} noValidate>
          {step === 0 && (
            <fieldset className={styles.designs}>
              {designs.map((design) => (
                <label key={design.designId} className={styles.design}>
                  <CardView picture={design.picture} />
                  <span>
                    <input
                      type="radio"
                      name="design"
                      checked={design.designId === designId}
                      onChange={() => typed.change({ designId: design.designId })}
                    />{' '}
                    {design.name}
                  </span>
                  <span className="small quiet">{design.programme}</span>
                </label>
              ))}
            </fieldset>
          )}
          {step === 1 && (
            <>
              <TextInput
                size="md"
                name="formId"
                label={t('new.address')}
                description={t('new.addressHint', { url: `${location.origin}/n/${formId || '…'}` })}
                value={formId}
                maxLength={64}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => typed.change({ formId: event.currentTarget.value.toLowerCase() })}
                error={formId !== '' && !isAddress(formId) ? t('new.addressRule') : undefined}
              />
              <WordsField
                label={t('words.heading')}
                hint={t('words.headingHint')}
                languages={body.languages}
                value={body.heading}
                maxLength={80}
                onChange={(heading) => changeBody({ heading })}
              />
              <WordsField
                label={t('words.lead')}
                hint={t('words.leadHint')}
                languages={body.languages}
                value={body.lead}
                maxLength={300}
                long
                onChange={(lead) => changeBody({ lead })}
              />
            </>
          )}
          {step === 2 && <FieldsEditor body={body} onChange={changeBody} />}
          {create.isError && (
            <p role="alert" className={forms.failed}>
              {textOf(create.error)}
            </p>
          )}
          <div className={forms.actions}>
            <Button type="submit" size="md" disabled={!ready} loading={create.isPending}>
              {t(last ? 'new.make' : 'new.next')}
            </Button>
            {step > 0 && (
              <Button size="md" variant="subtle" onClick={() => typed.change({ step: step - 1 })}>
                {t('new.back')}
              </Button>
            )}
          </div>
        </form>
        {step > 0 && <Preview designId={designId} body={body} />}
      </div>
    </>
  );
}
