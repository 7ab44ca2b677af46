/**
 * The receipt page: the camera. The code is read here where the browser can, so that no picture leaves the phone; else a
 * small copy of the photo is sent, and a person reads it.
 */
import { guardSending } from './form.ts';

/** Not in every browser, and not yet in the compiler's library. */
type Detector = { detect(picture: ImageBitmap): Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

const PIXELS_MAX = 1600;
const form = document.querySelector<HTMLFormElement>('[data-form="receipt"]');
const camera = document.querySelector<HTMLElement>('[data-camera]');
const input = document.querySelector<HTMLInputElement>('#photo');
if (form !== null && camera !== null && input !== null) {
  camera.hidden = false;
  guardSending(form);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) void take(form, camera, file);
  });
}

async function take(form: HTMLFormElement, camera: HTMLElement, file: File): Promise<void> {
  const label = camera.querySelector('.button');
  const text = label?.textContent ?? '';
  const error = form.querySelector<HTMLElement>('[data-photo-error]');
  if (error !== null) error.hidden = true;
  if (label !== null) label.textContent = form.dataset.busy ?? text;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const code = await readCode(picture);
    const field = form.querySelector<HTMLInputElement>('#qr');
    if (code !== undefined && field !== null) {
      field.value = code;
      form.requestSubmit();
      return;
    }
    const answer = await fetch(form.dataset.photoUrl ?? '', {
      method: 'POST',
      headers: { 'Content-Type': 'image/jpeg' },
      body: await shrink(picture),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    location.assign(`${location.pathname}${location.search}#receipts`);
    location.reload();
  } catch {
    if (error !== null) {
      error.textContent = form.dataset.failed ?? '';
      error.hidden = false;
    }
    if (label !== null) label.textContent = text;
  }
}

/** The text of a fiscal code in the picture, if this browser reads codes at all. */
async function readCode(picture: ImageBitmap): Promise<string | undefined> {
  const Detector: DetectorClass | undefined = Reflect.get(globalThis, 'BarcodeDetector');
  if (Detector === undefined) return undefined;
  try {
    const codes = await new Detector({ formats: ['qr_code'] }).detect(picture);
    return codes.map((code) => code.rawValue).find((text) => /(^|[?&])fn=\d/i.test(text));
  } catch {
    return undefined;
  }
}

async function shrink(picture: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, PIXELS_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob === null ? fail(new Error('no picture')) : done(blob)), 'image/jpeg', 0.85),
  );
}
