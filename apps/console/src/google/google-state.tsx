import type { GoogleWalletState } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { Mark, type Tone } from '../ui/mark.tsx';

type Shown = 'none' | 'active' | 'away' | 'halted' | 'off';
const tones: Record<Shown, Tone> = { none: 'quiet', active: 'good', away: 'warning', halted: 'bad', off: 'quiet' };

/** A trouble is told first; that the button is hidden only where everything else is well. */
export function stateOf({ credential }: GoogleWalletState): Shown {
  if (!credential) return 'none';
  if (credential.status !== 'active') return credential.status;
  return credential.enabled ? 'active' : 'off';
}

export function GoogleMark({ state }: { readonly state: GoogleWalletState }) {
  const { t } = useTranslation('google');
  const shown = stateOf(state);
  return <Mark tone={tones[shown]}>{t(`state.${shown}`)}</Mark>;
}
