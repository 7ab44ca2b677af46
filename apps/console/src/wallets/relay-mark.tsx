import type { WalletRelayList } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { Mark, type Tone } from '../ui/mark.tsx';

export type Relay = WalletRelayList['items'][number];
type Shown = 'off' | 'on' | 'away' | 'key_refused' | 'rejected';
const tones: Record<Shown, Tone> = {
  off: 'quiet',
  on: 'good',
  away: 'warning',
  key_refused: 'bad',
  rejected: 'bad',
};

/** A trouble is told first. */
export function RelayMark({ relay }: { readonly relay: Relay }) {
  const { t } = useTranslation('wallets');
  const shown: Shown = relay.enabled ? (relay.trouble ?? 'on') : 'off';
  return <Mark tone={tones[shown]}>{t(`state.${shown}`)}</Mark>;
}
