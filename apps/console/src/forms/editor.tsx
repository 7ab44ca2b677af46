import { NativeSelect, TextInput } from '@mantine/core';
import type { FormBody } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { Fields, Group } from '../ui/forms/settings-form.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import type { EditorProps, FormLanguage, ProfileField } from './draft.ts';
import { WordsField } from './parts.tsx';
import { Questions } from './questions.tsx';

const choices = [
  { value: 'ru+en', word: 'languages.ruFirst' },
  { value: 'en+ru', word: 'languages.enFirst' },
  { value: 'ru', word: 'languages.ru' },
  { value: 'en', word: 'languages.en' },
] as const;

/** What the form says. */
export function WordsEditor({ body, onChange }: EditorProps) {
  const { t } = useTranslation('forms');
  const { languages } = body;
  const text = (name: 'heading' | 'lead' | 'button' | 'thanks', maxLength: number, long = false) => (
    <WordsField
      label={t(`words.${name}`)}
      hint={t(`words.${name}Hint`)}
      languages={languages}
      value={body[name]}
      maxLength={maxLength}
      long={long}
      onChange={(words) => onChange({ [name]: words })}
    />
  );
  return (
    <Group title={t('words.title')}>
      <Fields>
        <NativeSelect
          size="md"
          label={t('words.languages')}
          value={languages.join('+')}
          onChange={(event) => onChange({ languages: event.currentTarget.value.split('+') as FormLanguage[] })}
          data={choices.map(({ value, word }) => ({ value, label: t(word) }))}
        />
        <NativeSelect
          size="md"
          label={t('words.colours')}
          value={body.colours}
          onChange={(event) => onChange({ colours: event.currentTarget.value as FormBody['colours'] })}
          data={(['card', 'house'] as const).map((value) => ({ value, label: t(`colours.${value}`) }))}
        />
      </Fields>
      {text('heading', 80)}
      {text('lead', 300, true)}
      {text('button', 40)}
      {text('thanks', 600, true)}
    </Group>
  );
}

const asked = ['required', 'optional', 'hidden'] as const;
const PROFILE = ['birthday', 'email', 'sex'] as const;

/** What the form asks. */
export function FieldsEditor({ body, onChange }: EditorProps) {
  const { t } = useTranslation('forms');
  const choice = (field: ProfileField) => (
    <NativeSelect
      key={field}
      size="md"
      label={t(`field.${field}`)}
      value={body.fields[field]}
      onChange={(event) =>
        onChange({ fields: { ...body.fields, [field]: event.currentTarget.value as (typeof asked)[number] } })
      }
      data={asked.map((value) => ({ value, label: t(`asked.${value}`) }))}
    />
  );
  const names: readonly ProfileField[] = body.name === 'line' ? ['firstName'] : ['lastName', 'firstName', 'middleName'];
  return (
    <>
      <Group title={t('fields.title')}>
        <Fields>
          <NativeSelect
            size="md"
            label={t('fields.name')}
            value={body.name}
            onChange={(event) => onChange({ name: event.currentTarget.value as FormBody['name'] })}
            data={(['line', 'parts'] as const).map((value) => ({ value, label: t(`name.${value}`) }))}
          />
          {names.map(choice)}
        </Fields>
        <Fields>
          {PROFILE.map(choice)}
          <AgeField body={body} onChange={onChange} />
        </Fields>
        {body.fields.email !== 'hidden' && (
          <Tick
            label={t('fields.uniqueEmail')}
            checked={body.uniqueEmail}
            onChange={(uniqueEmail) => onChange({ uniqueEmail })}
          />
        )}
      </Group>
      <PhoneEditor body={body} onChange={onChange} />
      <Questions body={body} onChange={onChange} />
    </>
  );
}

function AgeField({ body, onChange }: EditorProps) {
  const { t } = useTranslation('forms');
  return (
    <TextInput
      size="md"
      label={t('fields.age')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={2}
      placeholder={t('fields.ageAny')}
      value={body.ageMin === undefined ? '' : String(body.ageMin)}
      onChange={(event) => {
        const age = Number(event.currentTarget.value.replace(/\D/g, ''));
        onChange({ ageMin: age > 0 ? age : (undefined as never) });
      }}
    />
  );
}

function PhoneEditor({ body, onChange }: EditorProps) {
  const { t } = useTranslation('forms');
  return (
    <Group title={t('phone.title')} hint={t(`phone.${body.phone === 'code' ? 'hintCode' : 'hintContact'}`)}>
      <Fields>
        <NativeSelect
          size="md"
          label={t('phone.label')}
          value={body.phone}
          onChange={(event) => onChange({ phone: event.currentTarget.value as FormBody['phone'] })}
          data={(['code', ...asked] as const).map((value) => ({ value, label: t(`phone.${value}`) }))}
        />
        {body.phone === 'code' && (
          <NativeSelect
            size="md"
            label={t('known.label')}
            value={body.known}
            onChange={(event) => onChange({ known: event.currentTarget.value as FormBody['known'] })}
            data={(['keep', 'fill', 'replace'] as const).map((value) => ({ value, label: t(`known.${value}`) }))}
          />
        )}
      </Fields>
    </Group>
  );
}
