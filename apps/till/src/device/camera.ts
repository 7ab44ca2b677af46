/**
 * The camera as a scanner, where the browser can read codes by itself (Shape Detection API, `BarcodeDetector`: Chrome on Android
 * and macOS). Elsewhere the button is not shown.
 */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const FORMATS = ['qr_code', 'pdf417', 'aztec', 'code_128', 'ean_13', 'ean_8'];
const LOOK_EVERY_MS = 120;

function detectorMaker(): DetectorMaker | null {
  return 'BarcodeDetector' in window ? (window.BarcodeDetector as DetectorMaker) : null;
}

/** The formats of cards that this device can read; none where there is no detector or no camera to ask for. */
export async function readableFormats(): Promise<readonly string[]> {
  const maker = detectorMaker();
  if (maker === null || navigator.mediaDevices?.getUserMedia === undefined) return [];
  try {
    const supported = await maker.getSupportedFormats();
    return FORMATS.filter((format) => supported.includes(format));
  } catch {
    return [];
  }
}

export interface Camera {
  /** Turns the light on or off; null when the camera has none. */
  readonly light: ((on: boolean) => void) | null;
  stop(): void;
}

export type CameraProblem = 'denied' | 'missing';

/** Shows the back camera in `video` and calls `found` once with the first code it reads. */
export async function openCamera(
  video: HTMLVideoElement,
  formats: readonly string[],
  found: (code: string) => void,
): Promise<Camera | CameraProblem> {
  const maker = detectorMaker();
  if (maker === null) return 'missing';
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
      audio: false,
    });
  } catch (error) {
    return error instanceof Error && error.name === 'NotAllowedError' ? 'denied' : 'missing';
  }
  video.srcObject = stream;
  // Not awaited: a stream without a first picture would never resolve, and the detector waits for one anyway.
  void video.play().catch(() => undefined);
  const stopLooking = look(new maker({ formats }), video, found);
  return {
    light: lightOf(stream),
    stop() {
      stopLooking();
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
}

function look(detector: Detector, video: HTMLVideoElement, found: (code: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const once = async () => {
    try {
      const code = (await detector.detect(video))[0]?.rawValue.trim();
      if (code !== undefined && code !== '' && !stopped) {
        stopped = true;
        found(code);
        return;
      }
    } catch {
      // No picture yet: the next look may have one.
    }
    if (!stopped) timer = setTimeout(once, LOOK_EVERY_MS);
  };
  void once();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** A dark bar needs the light; the `torch` constraint (Image Capture) is not in the compiler's library. */
function lightOf(stream: MediaStream): ((on: boolean) => void) | null {
  const track = stream.getVideoTracks()[0];
  if (track === undefined || typeof track.getCapabilities !== 'function') return null;
  const capabilities: object = track.getCapabilities();
  if (!('torch' in capabilities) || capabilities.torch !== true) return null;
  return (on) => {
    const advanced: object[] = [{ torch: on }];
    void track.applyConstraints({ advanced }).catch(() => undefined);
  };
}
