import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { chooseLanguage, currentLanguage, languages } from '../app/language.ts';
import { chooseTheme, themeChoices, useTheme } from '../app/theme-choice.ts';
import { Icon } from '../ui/icon.tsx';
import { forgetTyped } from '../ui/kept.ts';
import { useErrorText } from '../ui/states.tsx';
import styles from './settings.module.css';

const PANEL = 'settings';

/** Opens the reader's own settings. */
export function SettingsButton() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <button
      type="button"
      className={styles.opener}
      popoverTarget={PANEL}
      aria-label={`${t('settings.name')}: ${user.name}`}
    >
      <Icon name="settings" size={22} />
      <span className={styles.openerName}>{user.name}</span>
    </button>
  );
}

/** Language, theme and the way out: a popover of the browser's own, closed by Escape or a click beside it. */
export function SettingsPanel() {
  const { user } = useSession();
  return (
    <div id={PANEL} popover="auto" className={styles.panel}>
      <div>
        <p className={styles.userName}>{user.name}</p>
        <p className={styles.email}>{user.email}</p>
      </div>
      <LanguageChoice />
      <ThemeChoice />
      <SignOut />
    </div>
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

function SignOut() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const textOf = useErrorText();
  const leave = useMutation({
    mutationFn: () => request<void>('/session', { method: 'DELETE' }),
    onSuccess: async () => {
      forgetTyped();
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="signOut" size={18} />}
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t('settings.signOut')}
      </Button>
      {leave.isError && (
        <p role="alert" className={styles.failed}>
          {textOf(leave.error)}
        </p>
      )}
    </>
  );
}
