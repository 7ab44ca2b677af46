import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { CardPicture, DesignDetail, DesignVariable } from '@tessera/contract';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { credentialsQuery } from '../api/queries.ts';
import { useSession } from '../app/company.ts';
import { currentLanguage } from '../app/language.ts';
import { CardView } from '../ui/card-view.tsx';
import { useKept } from '../ui/kept.ts';
import { Page } from '../ui/page.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import { drawIcon, drawStrip } from './draw-pictures.ts';
import page from './new-design.module.css';
import parts from './parts.module.css';
import { designListQuery, programmesQuery, storePicture, variablesQuery } from './queries.ts';
import { coloursOf, TEMPLATES, type Template, type TemplateWords, templateBody } from './templates.ts';

const START = { name: '', programme: '', credential: '', template: 'points', copy: '' };

/** A new design: what it starts from, whose programme it is of, and who signs its cards. */
export function NewDesignPage() {
  const { t } = useTranslation('designs');
  const textOf = useErrorText();
  const { value, change, forget } = useKept('design.new', START);
  const programmes = useQuery(programmesQuery);
  const credentials = useQuery({ ...credentialsQuery, retry: false });
  const designs = useQuery(designListQuery);
  const make = useMake(forget);
  const programmeId = value.programme || String(programmes.data?.items[0]?.programmeId ?? '');
  const signers = credentials.data?.items ?? [];
  const credential = value.credential || String(signers[0]?.credentialId ?? 'none');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate({ ...value, programme: programmeId, credential });
  };
  const copies = designs.data?.items ?? [];
  return (
    <Page title={t('new.title')} lead={t('new.lead')} back={{ to: '/designs', label: t('title') }}>
      {programmes.isError && !programmes.data && (
        <Failed error={programmes.error} onRetry={() => void programmes.refetch()} />
      )}
      <form className={page.newDesign} onSubmit={submit}>
        <TextInput
          size="md"
          label={t('card.name')}
          description={t('card.nameHint')}
          placeholder={t('new.namePlaceholder')}
          required
          maxLength={100}
          value={value.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Templates
          chosen={value.copy === '' ? value.template : ''}
          onChoose={(template) => change({ template, copy: '' })}
        />
        {copies.length > 0 && (
          <NativeSelect
            size="md"
            label={t('new.copy')}
            value={value.copy}
            onChange={(event) => change({ copy: event.currentTarget.value })}
            data={[
              { value: '', label: t('new.noCopy') },
              ...copies.map(({ designId, name }) => ({ value: String(designId), label: name })),
            ]}
          />
        )}
        {value.copy === '' && (
          <div className={parts.pair}>
            <NativeSelect
              size="md"
              label={t('new.programme')}
              value={programmeId}
              onChange={(event) => change({ programme: event.currentTarget.value })}
              data={(programmes.data?.items ?? []).map((one) => ({ value: String(one.programmeId), label: one.name }))}
            />
            <NativeSelect
              size="md"
              label={t('card.certificate')}
              description={t('card.certificateHint')}
              value={credential}
              onChange={(event) => change({ credential: event.currentTarget.value })}
              data={[
                ...signers.map((one) => ({ value: String(one.credentialId), label: one.name })),
                { value: 'none', label: t('card.noCertificate') },
              ]}
            />
          </div>
        )}
        {make.isError && (
          <p role="alert" className={parts.failed}>
            {textOf(make.error)}
          </p>
        )}
        <div>
          <Button type="submit" size="md" loading={make.isPending} disabled={value.name.trim() === ''}>
            {t('new.go')}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function useWords(): TemplateWords {
  const { t } = useTranslation('designs');
  return (key, what) => t(`template.${key}.${what}`, { defaultValue: '' });
}

function useMake(forget: () => void) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { company } = useSession();
  const words = useWords();
  return useMutation({
    mutationFn: async (asked: typeof START): Promise<DesignDetail> => {
      const name = asked.name.trim();
      if (asked.copy !== '') return request(`/designs/${asked.copy}/copy`, { method: 'POST', body: { name } });
      const template = asked.template as Template;
      const body = templateBody(template, { company: company.name, language: currentLanguage(), words });
      const { colours, style } = body;
      const icon = await storePicture({ purpose: 'icon', content: drawIcon(colours, company.name) });
      const strip =
        style === 'storeCard' || style === 'coupon'
          ? await storePicture({ purpose: 'strip', style, content: drawStrip(colours) })
          : null;
      const images = { ...icon.images, ...strip?.images };
      return request('/designs', {
        method: 'POST',
        body: {
          name,
          programmeId: Number(asked.programme),
          credentialId: asked.credential === 'none' ? null : Number(asked.credential),
          body: { ...body, images },
        },
      });
    },
    onSuccess: async ({ designId }) => {
      forget();
      await queryClient.invalidateQueries({ queryKey: ['designs'] });
      await navigate({ to: '/designs/$designId', params: { designId: String(designId) }, search: {} });
    },
  });
}

type TemplatesProps = { readonly chosen: string; readonly onChoose: (template: Template) => void };

/** What a design can start from, each as the small picture of a card. */
function Templates({ chosen, onChoose }: TemplatesProps) {
  const { t } = useTranslation('designs');
  const variables = useQuery(variablesQuery());
  const { company } = useSession();
  const words = useWords();
  return (
    <fieldset className={page.templates}>
      <legend>{t('new.start')}</legend>
      {TEMPLATES.map((template) => (
        <label key={template} className={page.templateTile}>
          <input
            type="radio"
            name="template"
            value={template}
            checked={chosen === template}
            onChange={() => onChoose(template)}
          />
          <CardView picture={pictureOf(template, company.name, words, variables.data?.items ?? [])} size="thumbnail" />
          <span className={page.templateName}>{t(`start.${template}`)}</span>
          <span className={parts.note}>{t(`startHint.${template}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A template with the samples of its variables, good enough for a small picture. */
function pictureOf(
  template: Template,
  company: string,
  words: TemplateWords,
  variables: readonly DesignVariable[],
): CardPicture {
  const { style, fields } = templateBody(template, { company, language: currentLanguage(), words });
  const longestFirst = [...variables].sort((a, b) => b.name.length - a.name.length);
  const fill = (text: string): string =>
    longestFirst.reduce((said, { name, sample }) => said.replaceAll(name, sample), text);
  const filled = (list: (typeof fields)['header']) =>
    list.map(({ key, label, value }) => ({ key, label, value: fill(value) }));
  return {
    style,
    organizationName: company,
    logoText: company,
    images: {},
    colours: coloursOf(template),
    headerFields: filled(fields.header),
    primaryFields: filled(fields.primary),
    secondaryFields: filled(fields.secondary),
    auxiliaryFields: filled(fields.auxiliary),
    backFields: [],
    barcode: { format: 'qr', svg: '' },
  };
}
