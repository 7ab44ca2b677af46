import { formatExactMoment, formatMoment, formatPhone, type Html, html, type Lang } from '@tessera/look';
import type { DemoMessagesPageData, Translate } from '../data.ts';
import { link, renderDocument } from '../document.ts';
import { messagesCss } from '../styles.ts';

/** The messages that would have gone out, as a thread: so that one can play without a phone. */
export function demoMessagesPage(data: DemoMessagesPageData, t: Translate, lang: Lang): string {
  const live = data.stateUrl !== undefined;
  const main = html`<div class="messages-page"${live && html` data-live-state="${link(data.stateUrl)}"`}${live && data.eventsUrl !== undefined && html` data-live-events="${link(data.eventsUrl)}"`}>
<h1>${t('messages.heading')}</h1><p class="lead">${t('messages.lead')}</p><div id="messages" data-live aria-live="polite">${thread(data, t, lang)}</div></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('messages.title', { company: data.site.company?.name ?? 'Tessera' }),
    description: t('messages.lead'),
    css: messagesCss,
    ...(live ? { script: 'live' as const } : {}),
    main,
  });
}

function thread(data: DemoMessagesPageData, t: Translate, lang: Lang): Html {
  if (data.messages.length === 0) {
    return html`<div class="empty"><p><strong>${t('messages.empty')}</strong></p><p>${t('messages.emptyHint')}</p>
${data.formUrl !== undefined && html`<p><a class="button" href="${link(data.formUrl)}">${t('messages.toForm')}</a></p>`}</div>`;
  }
  const moment = { ...data.locale, lang };
  const bubbles = data.messages.map(
    (message) => html`<li><p class="bubble">${message.text}</p>
<p class="message-foot"><span>${message.sender}</span><span>${t('messages.to', { phone: formatPhone(message.to) })}</span><span title="${formatExactMoment(message.at, moment)}">${formatMoment(message.at, moment)}</span>${message.status !== undefined && html`<span class="status-${message.status}">${t(`messages.statuses.${message.status}`)}</span>`}</p></li>`,
  );
  return html`<ol>${bubbles}</ol>`;
}
