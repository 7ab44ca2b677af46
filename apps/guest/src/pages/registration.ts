import { type Html, html, type Lang, renderCard, trusted } from '@tessera/look';
import type { RegistrationError, RegistrationPageData, Translate } from '../data.ts';
import { link, renderDocument, withLink } from '../document.ts';
import { cardCss, formCss } from '../styles.ts';

/**
 * The form of `/n/<formId>`. On a phone the script shows one question at a time; without it, or after an error, all stand below one another.
 */
export function registrationPage(data: RegistrationPageData, t: Translate, lang: Lang): string {
  const failed = hasErrors(data);
  const main = html`<div class="form-page">
<div class="form-intro"><h1>${data.heading ?? t('form.heading')}</h1><p class="lead">${data.lead ?? t('form.lead')}</p>
${data.card !== undefined && html`<div class="form-card">${trusted(renderCard(data.card, { platform: 'apple', size: 'thumbnail', lang }))}</div>`}</div>
<form method="post" action="${link(data.action)}" novalidate class="form" data-form="register" data-steps="${failed ? 'off' : 'on'}" data-step-text="${t('form.step', { current: '{current}', total: '{total}' })}" data-dial-code="${data.phone.dialCode}" data-busy="${t('form.busy')}">
<input type="hidden" name="attempt" value="${data.attempt}"><input type="hidden" name="lang" value="${lang}">${invited(data)}
${problem(data, t, failed)}
${nameField(data, t)}${phoneField(data, t)}${birthdayField(data, t)}${consents(data, t)}
<div class="form-actions"><button type="button" class="button button-quiet" data-back hidden>${t('form.back')}</button><button type="submit" class="button" data-next-text="${t('form.next')}">${t('form.submit')}</button></div>
<p class="form-step" data-step-counter aria-live="polite"></p>
</form></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('form.title', { company: data.site.company?.name ?? '' }),
    description: data.lead ?? t('form.lead'),
    search: 'open',
    css: formCss + (data.card === undefined ? '' : cardCss),
    script: 'register',
    main,
    width: 'wide',
  });
}

/** Whose link it was travels with the form; no cookie is set. The script adds the name that this browser keeps. */
function invited({ invite }: RegistrationPageData): Html | undefined {
  if (invite === undefined) return undefined;
  return html`<input type="hidden" name="invite" value="${invite.code}"><input type="hidden" name="touch" value="${invite.touch ?? ''}"><input type="hidden" name="device" value="" data-device>${invite.text !== undefined && html`<p class="notice" role="note">${invite.text}</p>`}`;
}

function hasErrors(data: RegistrationPageData): boolean {
  const fields = [data.name.error, data.phone.error, data.birthday?.error, data.consent.error];
  return data.problem !== undefined || fields.some((error) => error !== undefined);
}

function problem(data: RegistrationPageData, t: Translate, failed: boolean): Html | undefined {
  if (!failed) return undefined;
  const text =
    data.problem === undefined
      ? t('form.problems')
      : t(`form.problem.${data.problem.code}`, data.problem.code === 'too_many' ? { count: data.problem.minutes } : {});
  return html`<p class="notice notice-bad" role="alert">${text}</p>`;
}

function errorText(error: RegistrationError, example: string, t: Translate): string {
  return t(`form.errors.${error.code}`, error.code === 'too_young' ? { count: error.age } : { example });
}

interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly optional?: string;
  readonly error: string | undefined;
  readonly input: (attributes: Html) => Html;
}

function field(parts: FieldParts): Html {
  const { name, error } = parts;
  const described = error === undefined ? `${name}-hint` : `${name}-error ${name}-hint`;
  const attributes = html`id="${name}" name="${name}" aria-describedby="${described}"${error !== undefined && trusted(' aria-invalid="true"')}`;
  return html`<div class="field" data-step>
<label for="${name}">${parts.label}${parts.optional !== undefined && html` <span class="optional">${parts.optional}</span>`}</label>
${parts.input(attributes)}
<p class="error" id="${name}-error"${error === undefined && trusted(' hidden')}>${error}</p>
<p class="hint" id="${name}-hint">${parts.hint}</p></div>`;
}

function nameField(data: RegistrationPageData, t: Translate): Html {
  const { error, value } = data.name;
  return field({
    name: 'name',
    label: t('form.name.label'),
    hint: t('form.name.hint'),
    error: error && errorText(error, data.phone.example, t),
    input: (attributes) =>
      html`<input type="text" ${attributes} value="${value}" autocomplete="name" autocapitalize="words" enterkeyhint="next" maxlength="100" required data-missing="${t('form.errors.name_missing')}">`,
  });
}

function phoneField(data: RegistrationPageData, t: Translate): Html {
  const { error, example, value } = data.phone;
  return field({
    name: 'phone',
    label: t('form.phone.label'),
    hint: t('form.phone.hint'),
    error: error && errorText(error, example, t),
    input: (attributes) =>
      html`<input type="tel" ${attributes} value="${value}" autocomplete="tel" inputmode="tel" enterkeyhint="next" maxlength="32" placeholder="${example}" required data-missing="${t('form.errors.phone_missing')}" data-wrong="${t('form.errors.phone_invalid', { example })}">`,
  });
}

function birthdayField(data: RegistrationPageData, t: Translate): Html | undefined {
  const birthday = data.birthday;
  if (birthday === undefined) return undefined;
  const missing = birthday.required && html` required data-missing="${t('form.errors.birthday_missing')}"`;
  return field({
    name: 'birthday',
    label: t('form.birthday.label'),
    hint: t('form.birthday.hint'),
    ...(birthday.required ? {} : { optional: t('form.optional') }),
    error: birthday.error && errorText(birthday.error, '', t),
    input: (attributes) =>
      html`<input type="date" ${attributes} value="${birthday.value}" autocomplete="bday" min="${birthday.min}" max="${birthday.max}"${missing}>`,
  });
}

/** Two boxes, both unticked at first, each with its own text: the law wants the consents apart, and marketing is no condition. */
function consents(data: RegistrationPageData, t: Translate): Html {
  const { consent, marketing } = data;
  const error = consent.error && errorText(consent.error, '', t);
  const marketingText =
    marketing?.textUrl === undefined
      ? html`${t('form.marketing')}`
      : withLink(t('form.marketingWithText'), marketing.textUrl, { newTab: true });
  return html`<fieldset class="field consents" data-step><legend class="unseen">${t('form.consents')}</legend>
<label class="tick"><input type="checkbox" name="consent" id="consent" required aria-describedby="consent-error"${consent.ticked && trusted(' checked')}${error !== undefined && trusted(' aria-invalid="true"')} data-missing="${t('form.errors.consent_missing')}"><span>${withLink(t('form.consent'), consent.textUrl, { newTab: true })}</span></label>
<p class="error" id="consent-error"${error === undefined && trusted(' hidden')}>${error}</p>
${marketing !== undefined && html`<label class="tick"><input type="checkbox" name="marketing" aria-describedby="marketing-hint"${marketing.ticked && trusted(' checked')}><span>${marketingText}<small id="marketing-hint">${t('form.marketingHint')}</small></span></label>`}</fieldset>`;
}
