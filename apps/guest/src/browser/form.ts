/** What both forms share: messages beside their field, and one sending per press. */

/** Shows a message under a field, or takes it away. */
export function showError(input: HTMLInputElement | HTMLSelectElement, message: string | undefined): void {
  const place = document.getElementById(`${input.id}-error`);
  if (place === null) return;
  place.textContent = message ?? '';
  place.hidden = message === undefined;
  if (message === undefined) input.removeAttribute('aria-invalid');
  else input.setAttribute('aria-invalid', 'true');
}

/** The form is sent once; the button says so. Coming back with the browser's back button makes it usable again. */
export function guardSending(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[type="submit"]');
  if (button === null) return;
  const text = button.textContent;
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    button.setAttribute('aria-disabled', 'true');
    button.textContent = form.dataset.busy ?? text;
  });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    sent = false;
    button.removeAttribute('aria-disabled');
    button.textContent = text;
  });
}
