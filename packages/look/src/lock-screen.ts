import { html, safeUrl } from './html.ts';

export interface LockScreenMessage {
  /** Address of the card's icon. */
  readonly icon: string | undefined;
  readonly organizationName: string;
  readonly text: string;
  /** When it came, as a finished text («сейчас», «14:05»): see `formatMoment`. */
  readonly at: string;
  readonly lang: 'ru' | 'en';
}

/** The notification that a locked phone shows when a card changes. Needs card.css. */
export function renderLockScreenMessage(message: LockScreenMessage): string {
  const icon = safeUrl(message.icon, 'image');
  return html`<div class="t-notice" lang="${message.lang}">${
    icon === undefined
      ? html`<span class="t-notice-icon" aria-hidden="true"></span>`
      : html`<img class="t-notice-icon" src="${icon}" alt="">`
  }<div class="t-notice-text"><p class="t-notice-head"><strong>${message.organizationName}</strong><span>${message.at}</span></p><p>${message.text}</p></div></div>`
    .html;
}
