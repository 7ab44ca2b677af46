/** The code page: fills itself from the SMS where the browser can, sends when complete, counts down to the next try. */
import { guardSending, showError } from './form.ts';

const form = document.querySelector<HTMLFormElement>('[data-form="code"]');
const input = document.querySelector<HTMLInputElement>('#code');
if (form !== null && input !== null) {
  completeItself(form, input);
  guardSending(form);
  readFromSms(form, input);
}
const resend = document.querySelector<HTMLFormElement>('[data-resend-seconds]');
if (resend !== null) countDown(resend);

function completeItself(form: HTMLFormElement, input: HTMLInputElement): void {
  const length = Number(input.dataset.digits);
  let tried = '';
  input.addEventListener('input', () => {
    const digits = input.value.replace(/\D/g, '').slice(0, length);
    if (input.value !== digits) input.value = digits;
    // Once for each code: after a refusal the guest corrects it and presses the button himself if he likes.
    if (digits.length === length && digits !== tried) {
      tried = digits;
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', (event) => {
    if (input.value.trim() !== '') return;
    event.preventDefault();
    showError(input, input.dataset.missing);
    input.focus();
  });
}

interface OtpCredential extends Credential {
  readonly code: string;
}

/** WebOTP: Chrome on Android offers the code of an SMS whose last line is `@host #code`. */
async function readFromSms(form: HTMLFormElement, input: HTMLInputElement): Promise<void> {
  if (!('OTPCredential' in window)) return;
  const stop = new AbortController();
  form.addEventListener('submit', () => stop.abort());
  const request: CredentialRequestOptions & { otp: { transport: string[] } } = {
    otp: { transport: ['sms'] },
    signal: stop.signal,
  };
  try {
    const found = (await navigator.credentials.get(request)) as OtpCredential | null;
    if (found === null || input.value !== '') return;
    input.value = found.code;
    form.requestSubmit();
  } catch {
    // Refused or given up: the guest types the code.
  }
}

function countDown(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[type="submit"]');
  const note = form.querySelector<HTMLElement>('[data-wait]');
  const text = form.dataset.waitText ?? '';
  const end = performance.now() + Number(form.dataset.resendSeconds) * 1000;
  const tick = (): void => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (button !== null) button.hidden = left > 0;
    if (note !== null) {
      note.hidden = left <= 0;
      note.textContent = text.replace('{time}', `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`);
    }
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
