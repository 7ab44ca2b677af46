import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage, languages } from '../app/language.ts';
import { chooseTheme, themeChoices, useTheme } from '../app/theme-choice.ts';
import styles from './settings.module.css';

/** What the reader chooses for himself in this browser. */
export default function Choices() {
  return (
    <>
      <LanguageChoice />
      <ThemeChoice />
    </>
  );
}

export function LanguageChoice() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const label = useId();
  const choose = async (value: string): Promise<void> => {
    const language = languages.find((known) => known === value);
    if (!language) return;
    await chooseLanguage(language);
    await queryClient.invalidateQueries(); // the server tells entries and problems in words
  };
  return (
    <div className={styles.choice}>
      <span id={label}>{t('settings.language')}</span>
      <SegmentedControl
        aria-labelledby={label}
        fullWidth
        value={currentLanguage()}
        onChange={(value) => void choose(value)}
        data={languages.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
      />
    </div>
  );
}

function ThemeChoice() {
  const { t } = useTranslation();
  const { choice } = useTheme();
  const label = useId();
  return (
    <div className={styles.choice}>
      <span id={label}>{t('settings.theme')}</span>
      <SegmentedControl
        aria-labelledby={label}
        fullWidth
        value={choice}
        onChange={(value) => chooseTheme(themeChoices.find((known) => known === value) ?? 'auto')}
        data={themeChoices.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
      />
    </div>
  );
}
