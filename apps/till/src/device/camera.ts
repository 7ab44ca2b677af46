import type { Detector } from './detector.ts';

/** The browser's own reader of codes (Shape Detection API: Chrome on Android and macOS). */
interface BrowserDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: readonly string[] }): BrowserDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** What cards bear: those of wallets, and printed plastic. */
const FORMATS = ['qr_code', 'pdf417', 'aztec', 'code_128', 'ean_13', 'ean_8'];
const LOOK_EVERY_MS = 120;

/** Whether this page may ask for a camera at all: over https or on the machine itself. */
export const canScan = (): boolean => navigator.mediaDevices?.getUserMedia !== undefined;

/** The browser's own reader where it reads all that cards bear, else ours, which is loaded now. */
async function openDetector(): Promise<Detector> {
  const maker = 'BarcodeDetector' in window ? (window.BarcodeDetector as DetectorMaker) : null;
  const supported = (await maker?.getSupportedFormats().catch(() => [])) ?? [];
  if (maker !== null && FORMATS.every((format) => supported.includes(format))) {
    const detector = new maker({ formats: FORMATS });
    return async (video) => (await detector.detect(video))[0]?.rawValue.trim() || null;
  }
  const { openDecoder } = await import('./decoder.ts');
  return openDecoder();
}

export interface Camera {
  /** Turns the light on or off; null when the camera has none. */
  readonly light: ((on: boolean) => void) | null;
  stop(): void;
}

/** `reader`: the camera is there, but what reads codes could not be loaded. */
export type CameraProblem = 'denied' | 'missing' | 'reader';

/** Shows the back camera in `video` and calls `found` once with the first code it reads. */
export async function openCamera(
  video: HTMLVideoElement,
  found: (code: string) => void,
): Promise<Camera | CameraProblem> {
  // Both at once: the question for the camera takes a person's time.
  const opening = openDetector().catch(() => null);
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
      audio: false,
    });
  } catch (error) {
    return error instanceof Error && error.name === 'NotAllowedError' ? 'denied' : 'missing';
  }
  const end = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  // Not awaited: a stream without a first picture would never resolve, and the detector waits for one anyway.
  void video.play().catch(() => undefined);
  const detector = await opening;
  if (detector === null) {
    end();
    return 'reader';
  }
  const stopLooking = look(detector, video, found);
  return {
    light: lightOf(stream),
    stop() {
      stopLooking();
      end();
    },
  };
}

function look(detector: Detector, video: HTMLVideoElement, found: (code: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const once = async () => {
    const startedAt = performance.now();
    try {
      const code = await detector(video);
      if (code !== null && !stopped) {
        stopped = true;
        found(code);
        return;
      }
    } catch {
      // No picture yet: the next look may have one.
    }
    // A slow phone rests as long as it has looked, so that the page still answers a finger.
    const restMs = Math.max(LOOK_EVERY_MS, performance.now() - startedAt);
    if (!stopped) timer = setTimeout(once, restMs);
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
