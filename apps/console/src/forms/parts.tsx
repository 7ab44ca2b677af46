import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fields } from '../ui/forms/settings-form.tsx';
import type { FormLanguage, Words } from './draft.ts';

type WordsFieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly languages: readonly FormLanguage[];
  readonly value: Words | undefined;
  readonly onChange: (words: Words) => void;
  readonly maxLength: number;
  readonly long?: boolean;
  readonly placeholder?: string;
};

/** A text in each language of the form, side by side. */
export function WordsField(props: WordsFieldProps) {
  const { t } = useTranslation('forms');
  const { label, hint, languages, value = {}, onChange, maxLength, long = false, placeholder = '' } = props;
  const Input = long ? Textarea : TextInput;
  return (
    <Fields>
      {languages.map((language, index) => (
        <Input
          key={language}
          size="md"
          lang={language}
          label={languages.length > 1 ? t('words.in', { label, language: t(`language.${language}`) }) : label}
          description={hint}
          maxLength={maxLength}
          placeholder={index === 0 ? placeholder : (value[languages[0]!] ?? '')}
          value={value[language] ?? ''}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
          {...(long ? { rows: 3 } : { autoComplete: 'off' })}
        />
      ))}
    </Fields>
  );
}
