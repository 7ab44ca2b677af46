import { guessLanguage, readPreferences } from '../device/preferences.ts';
import { Notice } from '../parts/Notice.tsx';
import { reading } from '../texts/reading.tsx';

/** What is left to say when the page itself has failed. Stands alone: nothing above it can be trusted any more. */
export function Stumbled() {
  const lang = readPreferences(localStorage).lang ?? guessLanguage(undefined, navigator.languages);
  const { t } = reading(lang, { currency: 'RUB', timeZone: 'UTC' });
  return (
    <main className="screen sign-in">
      <Notice tone="bad" hint={t('app.stumbledHint')}>
        {t('app.stumbled')}
      </Notice>
      <button type="button" className="button button-main" onClick={() => location.reload()}>
        {t('app.reopen')}
      </button>
    </main>
  );
}
