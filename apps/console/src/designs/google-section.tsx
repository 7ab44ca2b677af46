import { useTranslation } from 'react-i18next';
import { useInHand } from './context.ts';
import { VERTICALS } from './draft.ts';
import { Choice, Text } from './inputs.tsx';

/** What only Google Wallet can do with the card. */
export function GoogleSection() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const { google } = draft;
  return (
    <>
      <p className="quiet">{t('google.lead')}</p>
      <Choice
        path="google/vertical"
        label={t('google.vertical')}
        hint={t('google.verticalHint')}
        value={google.vertical}
        of={(['', ...VERTICALS] as const).map((value) => ({
          value,
          label: t(value === '' ? 'google.byStyle' : `vertical.${value}`),
        }))}
        onChange={(vertical) => change({ google: { ...google, vertical } })}
      />
      <Text
        path="google/rotatingSeconds"
        label={t('google.rotating')}
        hint={t('google.rotatingHint')}
        inputMode="numeric"
        value={google.rotating}
        maxLength={3}
        onChange={(rotating) => change({ google: { ...google, rotating } })}
      />
    </>
  );
}
