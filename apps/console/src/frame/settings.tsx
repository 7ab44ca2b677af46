import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { Icon } from '../ui/icon.tsx';
import { forgetTyped } from '../ui/kept.ts';
import { useErrorText } from '../ui/states.tsx';
import styles from './settings.module.css';

const PANEL = 'settings';
/** Fetched when the panel is opened: the first view does without. */
const Choices = lazy(() => import('./choices.tsx'));

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
  const [opened, setOpened] = useState(false);
  return (
    <div id={PANEL} popover="auto" className={styles.panel} onBeforeToggle={() => setOpened(true)}>
      <div>
        <p className={styles.userName}>{user.name}</p>
        <p className={styles.email}>{user.email}</p>
      </div>
      <Suspense fallback={null}>{opened && <Choices />}</Suspense>
      <SignOut />
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
