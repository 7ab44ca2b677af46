import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConsentTextView, FormBody } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import forms from '../ui/forms/forms.module.css';
import { Group } from '../ui/forms/settings-form.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import type { EditorProps, FormLanguage } from './draft.ts';
import styles from './forms.module.css';
import { WordsField } from './parts.tsx';
import { consentTextsQuery, useFormWrite } from './queries.ts';

type Asked = FormBody['personalData'];

/** What guests agree to: the words beside the boxes and the documents behind them. */
export function ConsentsEditor({ body, onChange }: EditorProps) {
  const { t } = useTranslation('forms');
  const { languages, personalData, marketing } = body;
  return (
    <Group title={t('consents.title')} hint={t('consents.hint')}>
      <Consent
        purpose="personal_data"
        languages={languages}
        asked={personalData}
        onChange={(asked) => onChange({ personalData: asked })}
      />
      <Tick
        label={t('consents.askMarketing')}
        checked={marketing !== null}
        onChange={(asked) => onChange({ marketing: asked ? {} : null })}
      />
      {marketing && (
        <Consent
          purpose="marketing"
          languages={languages}
          asked={marketing}
          onChange={(asked) => onChange({ marketing: asked })}
        />
      )}
    </Group>
  );
}

type Purpose = ConsentTextView['purpose'];
type ConsentProps = {
  readonly purpose: Purpose;
  readonly languages: readonly FormLanguage[];
  readonly asked: Asked;
  readonly onChange: (asked: Asked) => void;
};

function Consent({ purpose, languages, asked, onChange }: ConsentProps) {
  const { t } = useTranslation('forms');
  return (
    <Group title={t(`purpose.${purpose}`)}>
      <WordsField
        label={t('consents.wording')}
        hint={t('consents.wordingHint')}
        languages={languages}
        value={asked.wording}
        maxLength={300}
        placeholder={t(`wording.${purpose}`)}
        onChange={(wording) => onChange({ ...asked, wording })}
      />
      <TextInput
        size="md"
        type="url"
        label={t('consents.document')}
        description={t('consents.documentHint')}
        placeholder="https://"
        maxLength={500}
        value={asked.documentUrl ?? ''}
        onChange={(event) => onChange({ ...asked, documentUrl: event.currentTarget.value })}
      />
      {!asked.documentUrl?.trim() &&
        languages.map((language) => <Published key={language} purpose={purpose} language={language} />)}
    </Group>
  );
}

/** The text that is published here, for all forms; a new version is made on purpose only. */
function Published({ purpose, language }: { readonly purpose: Purpose; readonly language: FormLanguage }) {
  const { t, i18n } = useTranslation('forms');
  const { company } = useSession();
  const texts = useQuery(consentTextsQuery);
  const publish = useFormWrite();
  const textOf = useErrorText();
  const [typed, setTyped] = useState<string | null>(null);
  if (!texts.data) return null;
  const known = texts.data.items.find((one) => one.purpose === purpose && one.language === language);
  // The proposal is written in the language of the document, not in that of the office.
  const proposal = i18n.exists(`forms:proposal.${language}.${purpose}`)
    ? t(`proposal.${language}.${purpose}`, { company: company.name })
    : '';
  const text = typed ?? known?.text ?? proposal;
  const save = (): void =>
    publish.mutate(
      { path: '/consent-texts', method: 'POST', body: { purpose, language, text } },
      { onSuccess: () => setTyped(null) },
    );
  const languageName = t(`language.${language}`);
  return (
    <details className={styles.text} open={!known}>
      <summary>
        {t('consents.text', { language: languageName })}{' '}
        {known ? (
          <Mark tone="good">{t('consents.published')}</Mark>
        ) : (
          <Mark tone="warning">{t('consents.notPublished')}</Mark>
        )}
      </summary>
      <Textarea
        size="md"
        aria-label={t('consents.text', { language: languageName })}
        description={known ? t('consents.shared') : t('consents.proposal')}
        rows={8}
        maxLength={20_000}
        lang={language}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {publish.isError && (
        <p role="alert" className={forms.failed}>
          {textOf(publish.error)}
        </p>
      )}
      <Button
        variant="default"
        loading={publish.isPending}
        disabled={text.trim() === '' || text === known?.text}
        onClick={save}
      >
        {known ? t('consents.publishAgain') : t('consents.publish')}
      </Button>
    </details>
  );
}
