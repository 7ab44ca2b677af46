import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import type { Session, SignIn } from '@tessera/contract';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { sessionQuery } from '../api/queries.ts';
import { LanguageChoice } from '../frame/choices.tsx';
import { Icon } from '../ui/icon.tsx';
import { Sign } from '../ui/sign.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './sign-in-page.module.css';

/** The door: e-mail and password, then back to where the reader was going. */
export function SignInPage() {
  const { t } = useTranslation();
  const { as } = useSearch({ from: '/sign-in' });
  return (
    <main className={styles.page}>
      <title>{t('signIn.tab')}</title>
      <div className={styles.box}>
        <div className={styles.head}>
          <Sign size={40} />
          <h1 className={styles.title} tabIndex={-1}>
            {t('signIn.title')}
          </h1>
        </div>
        {as === 'cashier' && (
          <p className={styles.note}>
            {t('signIn.cashier')} <a href="/till/">{t('signIn.till')}</a>
          </p>
        )}
        <SignInForm />
      </div>
      <div className={styles.language}>
        <LanguageChoice />
      </div>
    </main>
  );
}

function useSignIn() {
  const { from } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) => request<Session>('/session', { method: 'POST', body }),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(router.history.createHref(`/console${from ?? '/accounts'}`));
    },
  });
}

function SignInForm() {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const signIn = useSignIn();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: String(form.get('email')).trim(), password: String(form.get('password')) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        name="email"
        type="email"
        label={t('signIn.email')}
        autoComplete="username"
        inputMode="email"
        size="md"
        required
        withAsterisk={false}
        maxLength={254}
        autoFocus
      />
      <PasswordInput
        name="password"
        label={t('signIn.password')}
        autoComplete="current-password"
        size="md"
        required
        withAsterisk={false}
        maxLength={1024}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      />
      {signIn.isError && (
        <p role="alert" className={styles.error}>
          <Icon name="bad" />
          <span>{textOf(signIn.error)}</span>
        </p>
      )}
      <Button type="submit" size="md" loading={signIn.isPending}>
        {t('signIn.enter')}
      </Button>
    </form>
  );
}
