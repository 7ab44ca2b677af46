import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { FormView } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { designsQuery } from '../api/queries.ts';
import forms from '../ui/forms/forms.module.css';
import { Fields, Group } from '../ui/forms/settings-form.tsx';
import { useKept } from '../ui/kept.ts';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import tabs from '../ui/tabs.module.css';
import { TabBar } from '../ui/tabs.tsx';
import { Answers } from './answers.tsx';
import { ConsentsEditor } from './consents.tsx';
import { bodyOf } from './draft.ts';
import { FieldsEditor, WordsEditor } from './editor.tsx';
import styles from './forms.module.css';
import { Links } from './links.tsx';
import { Preview } from './preview.tsx';
import { formQuery, useFormWrite } from './queries.ts';

const route = getRouteApi('/rooms/forms/$formId');
const views = ['setup', 'links', 'answers'] as const;

/** One form: what it says and asks, its links with what they bring, what guests answered. */
export function FormPage() {
  const { t } = useTranslation('forms');
  const { formId } = route.useParams();
  const { view = 'setup' } = route.useSearch();
  const form = useQuery(formQuery(formId));
  const back = { to: '/forms', label: t('list.title') } as const;
  return (
    <Page
      title={formId}
      lead={form.data && <State form={form.data} />}
      back={back}
      action={
        form.data && (
          <Button component="a" href={form.data.url} target="_blank" rel="noopener" variant="default" size="md">
            {t('page.open')}
          </Button>
        )
      }
      tabs={
        <TabBar label={t('page.views')} here={view}>
          {views.map((one) => (
            <Link
              key={one}
              to="/forms/$formId"
              params={{ formId }}
              search={one === 'setup' ? {} : { view: one }}
              className={one === view ? tabs.here : tabs.tab}
              aria-current={one === view ? 'page' : undefined}
              activeProps={{}}
            >
              {t(`view.${one}`)}
            </Link>
          ))}
        </TabBar>
      }
    >
      {form.isPending && <SkeletonBlock height={480} />}
      {form.isError && !form.data && <Failed error={form.error} onRetry={() => void form.refetch()} />}
      {form.data && view === 'setup' && <Setup key={form.data.revision} form={form.data} />}
      {form.data && view === 'links' && <Links form={form.data} />}
      {form.data && view === 'answers' && <Answers formId={formId} />}
    </Page>
  );
}

function State({ form }: { readonly form: FormView }) {
  const { t } = useTranslation('forms');
  if (form.archivedAt !== null) return <Mark tone="quiet">{t('list.archived')}</Mark>;
  const [missing] = form.missing;
  if (missing) return <Mark tone="warning">{t(`missing.${missing}`)}</Mark>;
  return <Mark tone="good">{t('page.live')}</Mark>;
}

function Setup({ form }: { readonly form: FormView }) {
  const { t } = useTranslation('forms');
  const textOf = useErrorText();
  const save = useFormWrite<FormView>();
  const start = { designId: form.designId, body: form.body };
  const typed = useKept(`forms.${form.formId}.${form.revision}`, start);
  const { designId, body } = typed.value;
  const [saved, setSaved] = useState(false);
  const isChanged = JSON.stringify(typed.value) !== JSON.stringify(start);
  const change = (part: Partial<typeof start>): void => {
    save.reset();
    setSaved(false);
    typed.change(part);
  };
  const changeBody = (part: Partial<typeof body>): void => change({ body: { ...body, ...part } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { formId, revision, groupId } = form;
    save.mutate(
      { path: `/forms/${formId}`, method: 'PUT', body: { revision, designId, groupId, body: bodyOf(body) } },
      {
        onSuccess: () => {
          typed.forget();
          setSaved(true);
        },
      },
    );
  };
  return (
    <div className={styles.editor}>
      <form className={forms.form} onSubmit={submit} noValidate>
        <DesignField form={form} designId={designId} onChange={(id) => change({ designId: id })} />
        <WordsEditor body={body} onChange={changeBody} />
        <FieldsEditor body={body} onChange={changeBody} />
        <ConsentsEditor body={body} onChange={changeBody} />
        <div className={forms.actions}>
          <Button type="submit" size="md" loading={save.isPending} disabled={!isChanged}>
            {t('page.save')}
          </Button>
          {isChanged && !save.isPending && (
            <Button
              size="md"
              variant="subtle"
              onClick={() => {
                change(start);
                typed.forget();
              }}
            >
              {t('page.revert')}
            </Button>
          )}
          {saved && <Mark tone="good">{t('page.saved')}</Mark>}
          {save.isError && (
            <span role="alert" className={forms.failed}>
              {textOf(save.error)}
            </span>
          )}
          <span className={forms.aside}>
            <Archive form={form} />
          </span>
        </div>
      </form>
      <Preview designId={designId} body={body} />
    </div>
  );
}

type DesignFieldProps = {
  readonly form: FormView;
  readonly designId: number;
  readonly onChange: (designId: number) => void;
};

/** Which card new guests get. Another programme's design would need another group, so only the programme's are offered. */
function DesignField({ form, designId, onChange }: DesignFieldProps) {
  const { t } = useTranslation('forms');
  const designs = useQuery(designsQuery);
  const items = designs.data?.items ?? [];
  const programme = items.find((one) => one.designId === form.designId)?.programme;
  const fitting = items.filter(
    (one) => one.programme === programme && (one.archivedAt === null || one.designId === form.designId),
  );
  const data = fitting.map((one) => ({ value: String(one.designId), label: one.name }));
  return (
    <Group title={t('card.title')} hint={t('card.hint', { group: form.groupName })}>
      <Fields>
        <NativeSelect
          size="md"
          label={t('card.design')}
          value={String(designId)}
          onChange={(event) => onChange(Number(event.currentTarget.value))}
          data={data.length > 0 ? data : [{ value: String(form.designId), label: form.designName }]}
        />
      </Fields>
    </Group>
  );
}

/** Puts the form away, or takes it back: a way that can be gone back is not asked about twice. */
function Archive({ form }: { readonly form: FormView }) {
  const { t } = useTranslation('forms');
  const write = useFormWrite();
  const verb = form.archivedAt === null ? 'archive' : 'restore';
  return (
    <Button
      variant="subtle"
      {...(verb === 'archive' ? { color: 'red' } : {})}
      loading={write.isPending}
      onClick={() => write.mutate({ path: `/forms/${form.formId}/${verb}`, method: 'POST' })}
    >
      {t(`page.${verb}`)}
    </Button>
  );
}
