import {
  formatDay,
  formatExactMoment,
  formatMoment,
  formatMoney,
  formatPoints,
  type Html,
  html,
  type Lang,
} from '@tessera/look';
import type { ReceiptLine, ReceiptPageData, Translate } from '../data.ts';
import { link, renderDocument } from '../document.ts';
import { formCss, receiptCss } from '../styles.ts';

/**
 * `/c/<guid>/receipt`: a guest sends the code of a receipt. The camera is the script's; without it the code can be
 * pasted, or the numbers typed.
 */
export function receiptPage(data: ReceiptPageData, t: Translate, lang: Lang): string {
  const main = html`<div class="narrow receipt-page"><h1>${t('receipt.heading')}</h1><p class="lead">${t('receipt.lead')}</p>
${data.problem !== undefined && html`<p class="notice notice-bad" role="alert">${t(`receipt.problem.${data.problem}`)}</p>`}
<form method="post" action="${link(data.action)}" class="form" data-form="receipt" data-photo-url="${link(data.photoUrl)}" data-busy="${t('receipt.busy')}" data-failed="${t('receipt.problem.photo')}">
<div class="receipt-camera" hidden data-camera><label for="photo"><span class="button">${t('receipt.camera')}</span></label><input type="file" id="photo" class="unseen" accept="image/*" capture="environment"><p class="hint">${t('receipt.cameraHint')}</p></div>
<p class="error" data-photo-error role="alert" hidden></p>
${field('qr', t('receipt.code'), data.values.qr, t('receipt.codeHint'), 'text')}
<details${data.typed && html` open`}><summary>${t('receipt.typed')}</summary><div class="receipt-numbers">
${field('date', t('receipt.date'), data.values.date, '', 'date')}${field('time', t('receipt.time'), data.values.time, '', 'time')}
${field('sum', t('receipt.sum'), data.values.sum, '', 'text', 'decimal')}${field('fn', t('receipt.storage'), data.values.fn, '', 'text', 'numeric')}
${field('i', t('receipt.document'), data.values.i, '', 'text', 'numeric')}${field('fp', t('receipt.sign'), data.values.fp, '', 'text', 'numeric')}</div></details>
<div class="form-actions"><button type="submit" class="button">${t('receipt.send')}</button></div></form>
${sent(data, t, lang)}
<p><a class="alone" href="${link(data.backUrl)}">${t('receipt.back')}</a></p></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('receipt.title', { company: data.site.company?.name ?? '' }),
    description: t('receipt.lead'),
    search: 'private',
    css: formCss + receiptCss,
    script: 'receipt',
    main,
  });
}

function field(name: string, label: string, value: string, hint: string, type: string, keyboard?: string): Html {
  return html`<div class="field"><label for="${name}">${label}</label><input type="${type}" id="${name}" name="${name}" value="${value}" maxlength="500" autocomplete="off"${keyboard !== undefined && html` inputmode="${keyboard}"`}>${hint !== '' && html`<p class="hint">${hint}</p>`}</div>`;
}

function sent(data: ReceiptPageData, t: Translate, lang: Lang): Html | undefined {
  if (data.receipts.length === 0) return undefined;
  const { locale } = data;
  const moment = { lang, timeZone: locale.timeZone, now: locale.now };
  const lines = data.receipts.map(
    (one) =>
      html`<li><p>${one.sumMinor === undefined ? t('receipt.photo') : t('receipt.of', { sum: formatMoney(one.sumMinor, locale.currency, lang) })}<small title="${formatExactMoment(one.at, moment)}">${formatMoment(one.at, moment)}</small></p><p class="receipt-state receipt-${one.state}">${stateText(one, data, t, lang)}${one.note !== undefined && html`<small>${one.note}</small>`}</p></li>`,
  );
  return html`<section class="receipts" id="receipts"><h2>${t('receipt.sent')}</h2><ul>${lines}</ul></section>`;
}

/** What has become of it, in words: colour alone says nothing. */
function stateText(one: ReceiptLine, { locale }: ReceiptPageData, t: Translate, lang: Lang): string {
  if (one.state === 'rejected') return t(`receipt.reason.${one.reason ?? 'other'}`);
  const points = formatPoints(one.pointsMinor ?? 0n, lang, {
    scale: locale.pointsScale ?? 0,
    ...(locale.pointsNames === undefined ? {} : { names: locale.pointsNames }),
  });
  const moment = { lang, timeZone: locale.timeZone, now: locale.now };
  const day = one.activatesAt === undefined ? '' : formatDay(one.activatesAt, moment);
  return t(`receipt.state.${one.state}`, { points, day });
}
