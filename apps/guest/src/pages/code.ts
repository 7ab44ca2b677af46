import { type Html, html, type Lang, maskPhone } from '@tessera/look';
import type { CodePageData, Translate } from '../data.ts';
import { countdown, link, renderDocument, withLink } from '../document.ts';
import { formCss } from '../styles.ts';

/** Entry of the code from the SMS. iOS fills it from the keyboard (`one-time-code`), Chrome on Android through WebOTP in the script. */
export function codePage(data: CodePageData, t: Translate, lang: Lang): string {
  const problem = data.problem && problemText(data.problem, t);
  const invalid = problem !== undefined && html` aria-invalid="true"`;
  const spent = data.problem?.code === 'used_up' || data.problem?.code === 'expired';
  const main = html`<div class="form-page narrow"><h1>${t('code.heading')}</h1>
<p class="lead">${t('code.sentTo', { phone: maskPhone(data.phone) })} <a class="alone" href="${link(data.changeNumberUrl)}">${t('code.changeNumber')}</a></p>
<form method="post" action="${link(data.action)}" novalidate class="form" data-form="code" data-busy="${t('code.busy')}">
<input type="hidden" name="attempt" value="${data.attempt}"><input type="hidden" name="lang" value="${lang}">
<div class="field"><label for="code">${t('code.label', { count: data.digits })}</label>
<input class="code-input" type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]*" maxlength="${data.digits}" data-digits="${data.digits}" data-missing="${t('code.problem.missing')}" enterkeyhint="done" required autofocus aria-describedby="code-error"${invalid}>
<p class="error" id="code-error"${problem === undefined && html` hidden`} role="alert">${problem}</p></div>
<button type="submit" class="button${spent ? ' button-second' : ''}">${t('code.submit')}</button></form>
${resendForm(data, t, lang, spent)}
${data.messagesUrl !== undefined && html`<p class="notice">${withLink(t('code.demo'), data.messagesUrl)}</p>`}</div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('code.title', { company: data.site.company?.name ?? '' }),
    description: t('code.heading'),
    search: 'private',
    css: formCss,
    script: 'code',
    main,
  });
}

/** Without the script the button can be pressed at any time, and the server says how long to wait. */
function resendForm(data: CodePageData, t: Translate, lang: Lang, prominent: boolean): Html {
  const { action, waitSeconds } = data.resend;
  const waiting = html`<p class="hint" data-wait hidden>${t('code.resendIn', { time: '' }).trim()}</p>`;
  return html`<form method="post" action="${link(action)}" class="resend" data-resend-seconds="${Math.max(0, Math.ceil(waitSeconds))}" data-wait-text="${t('code.resendIn', { time: '{time}' })}">
<input type="hidden" name="attempt" value="${data.attempt}"><input type="hidden" name="lang" value="${lang}">
<noscript><p class="hint">${t('code.resendIn', { time: countdown(waitSeconds) })}</p></noscript>${waiting}
<button type="submit" class="button ${prominent ? '' : 'button-quiet'}">${t('code.resend')}</button></form>`;
}

function problemText(problem: NonNullable<CodePageData['problem']>, t: Translate): string {
  const key = `code.problem.${problem.code}`;
  if (problem.code === 'wrong') return t(key, { count: problem.triesLeft });
  return problem.code === 'too_many' ? t(key, { count: problem.minutes }) : t(key);
}
