import type { Session } from '@tessera/contract';
import { useState } from 'react';
import type { TillApi } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Icon } from '../parts/Icon.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Sign } from '../parts/Sign.tsx';
import { useReading } from '../texts/reading.tsx';

/** Once per shift. `again`: the session ran out in the middle of work. */
export function SignIn(props: {
  readonly api: TillApi;
  readonly again: boolean;
  readonly onSignedIn: (session: Session) => void;
}) {
  const { t, problem } = useReading();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const enter = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await props.api.signIn({ email: email.trim(), password });
    setBusy(false);
    if (answer.ok) props.onSignedIn(answer.value);
    else setTrouble(answer.problem);
  };
  return (
    <form
      className="screen sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Sign size={56} />
      <h1 className="title">{t('signIn.title')}</h1>
      {props.again && trouble === null ? <Notice tone="unsure">{t('signIn.again')}</Notice> : null}
      {trouble === null ? null : (
        <Notice tone={trouble.kind === 'refused' ? 'bad' : 'unsure'}>{problem(trouble)}</Notice>
      )}
      <label className="field">
        <span className="label">{t('signIn.email')}</span>
        <input
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          required
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <div className="field">
        <label className="label" htmlFor="password">
          {t('signIn.password')}
        </label>
        <div className="query">
          <input
            id="password"
            type={shown ? 'text' : 'password'}
            name="password"
            autoComplete="current-password"
            required
            maxLength={1024}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <button
            type="button"
            className="in-field"
            aria-label={shown ? t('signIn.hidePassword') : t('signIn.showPassword')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        </div>
      </div>
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? t('signIn.submitting') : t('signIn.submit')}
      </button>
    </form>
  );
}
