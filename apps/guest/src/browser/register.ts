/** The registration form: phone mask, one question at a time on a phone, nothing typed is lost. All of it is optional. */
import { guardSending, showError } from './form.ts';
import { looksLikePhone, maskWhileTyping } from './phone-mask.ts';

const DRAFT = 'tessera-form';
const form = document.querySelector<HTMLFormElement>('[data-form="register"]');
if (form !== null) {
  maskPhone(form);
  keepDraft(form);
  walkSteps(form);
  nameDevice(form);
  guardSending(form);
}

function maskPhone(form: HTMLFormElement): void {
  const phone = form.querySelector<HTMLInputElement>('#phone');
  const dialCode = form.dataset.dialCode ?? '';
  phone?.addEventListener('input', (event) => {
    const deleting = event instanceof InputEvent && event.inputType.startsWith('delete');
    const atEnd = phone.selectionStart === phone.value.length;
    if (!deleting && atEnd) phone.value = maskWhileTyping(phone.value, dialCode);
  });
  phone?.addEventListener('change', () => {
    phone.value = maskWhileTyping(phone.value, dialCode);
  });
}

/** Kept in this tab only, gone when it closes; ticks are not kept, a consent is given anew. */
function keepDraft(form: HTMLFormElement): void {
  const inputs = [
    ...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
      '.field input:not([type="checkbox"]), .field select',
    ),
  ];
  const key = DRAFT + location.pathname;
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    for (const input of inputs) {
      const value = typeof saved === 'object' && saved !== null ? Reflect.get(saved, input.name) : undefined;
      if (input.value === '' && typeof value === 'string') input.value = value;
    }
    form.addEventListener('input', () => {
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(inputs.map((input) => [input.name, input.value]))));
    });
  } catch {
    // Storage may be forbidden in in-app browsers: then there is no draft.
  }
}

/** A random name of this browser, told only with an invitation: so nobody invites himself from one phone. */
function nameDevice(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('[data-device]');
  if (input === null) return;
  try {
    const key = 'tessera-device';
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const fresh = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    input.value = localStorage.getItem(key) ?? fresh;
    localStorage.setItem(key, input.value);
  } catch {
    // Storage may be forbidden: then nothing is known of the device.
  }
}

type Control = HTMLInputElement | HTMLSelectElement;

function problemOf(input: Control): string | undefined {
  const ticked = input instanceof HTMLInputElement && input.type === 'checkbox';
  const empty = ticked ? !input.checked : input.value.trim() === '';
  if (input.required && empty) return input.dataset.missing;
  if (input.type === 'tel' && !empty && !looksLikePhone(input.value)) return input.dataset.wrong;
  return undefined;
}

/** Checks the inputs inside; puts the cursor into the first one that is wrong. */
function isFine(part: ParentNode): boolean {
  let first: Control | undefined;
  for (const input of part.querySelectorAll<Control>('[data-missing], [data-wrong]')) {
    const problem = problemOf(input);
    showError(input, problem);
    if (problem !== undefined) first ??= input;
  }
  first?.focus();
  return first === undefined;
}

function walkSteps(form: HTMLFormElement): void {
  const steps = [...form.querySelectorAll<HTMLElement>('[data-step]')];
  const button = form.querySelector<HTMLButtonElement>('[type="submit"]');
  const back = form.querySelector<HTMLButtonElement>('[data-back]');
  const counter = form.querySelector<HTMLElement>('[data-step-counter]');
  const narrow = matchMedia('(max-width: 559px)');
  const last = steps.length - 1;
  const sendText = button?.textContent ?? '';
  let at = 0;
  const walking = (): boolean => form.dataset.steps === 'on' && narrow.matches;

  const show = (index: number, focus: boolean): void => {
    at = Math.min(Math.max(index, 0), last);
    form.dataset.at = String(at);
    steps.forEach((step, number) => {
      step.toggleAttribute('data-now', number === at);
    });
    const on = walking();
    if (back !== null) back.hidden = !on || at === 0;
    if (button !== null) button.textContent = on && at < last ? (button.dataset.nextText ?? sendText) : sendText;
    if (counter !== null) {
      const text = form.dataset.stepText ?? '';
      counter.textContent = on
        ? text.replace('{current}', String(at + 1)).replace('{total}', String(steps.length))
        : '';
    }
    if (focus) steps[at]?.querySelector<Control>('input, select')?.focus();
  };
  const current = (): ParentNode => (walking() ? (steps[at] ?? form) : form);

  form.addEventListener('submit', (event) => {
    if (!isFine(current())) event.preventDefault();
    else if (walking() && at < last) {
      event.preventDefault();
      history.pushState({ step: at + 1 }, '');
      show(at + 1, true);
    }
  });
  back?.addEventListener('click', () => history.back());
  addEventListener('popstate', (event) => {
    const step: unknown = Reflect.get(Object(event.state), 'step');
    show(typeof step === 'number' ? step : 0, true);
  });
  narrow.addEventListener('change', () => show(at, false));
  form.addEventListener('change', (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.getAttribute('aria-invalid') === 'true')
      showError(input, problemOf(input));
  });
  const resumed: unknown = Reflect.get(Object(history.state), 'step');
  show(typeof resumed === 'number' ? resumed : 0, false);
}
