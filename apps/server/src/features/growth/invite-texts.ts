import type { ReferralSettings } from '@tessera/loyalty';
import type { Translate } from '../../platform/texts.ts';

type Params = Record<string, unknown>;

function paramsOf({ referee, referrer, minimumCheck }: ReferralSettings, currency: string): Params {
  return {
    currency,
    friend: String(referee?.points ?? 0n),
    own: String(referrer?.points ?? 0n),
    minimum: String(minimumCheck),
  };
}

const minimumOf = ({ minimumCheck }: ReferralSettings): string => (minimumCheck > 0n ? '_minimum' : '');

/** Who gets what, as the guest's own card page says it. */
export function invitationText(t: Translate, settings: ReferralSettings, currency: string): string {
  const { referee, referrer, returnWindowDays } = settings;
  const key = referee && referrer ? 'both' : referee ? 'friend' : 'own';
  const minimum = minimumOf(settings);
  const text = t(`server:invite.${key}${minimum}`, paramsOf(settings, currency));
  const waits = referrer?.moment === 'after_return_window' && returnWindowDays > 0;
  return waits ? `${text} ${t('server:invite.wait', { count: returnWindowDays })}` : text;
}

/** What somebody gets who came by a link; null when only the other side gets something. */
export function welcomeText(t: Translate, settings: ReferralSettings, currency: string): string | null {
  if (!settings.enabled || !settings.referee) return null;
  const minimum = minimumOf(settings);
  return t(`server:invite.welcome${minimum}`, paramsOf(settings, currency));
}

/** What is sent along with the link. */
export function messageText(t: Translate, settings: ReferralSettings, company: { name: string; currency: string }) {
  const key = settings.referee ? 'server:invite.message' : 'server:invite.message_plain';
  return t(key, { ...paramsOf(settings, company.currency), company: company.name });
}
