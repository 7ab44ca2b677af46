/**
 * What a cashier hears and feels without looking: success rises and is short, failure falls, is rough and double, doubt is one
 * long wavering tone. Made by WebAudio, so no file has to arrive first.
 */
export type Outcome = 'success' | 'failure' | 'doubt';

interface Tone {
  readonly hertz: number;
  readonly atSeconds: number;
  readonly forSeconds: number;
  readonly shape: OscillatorType;
  readonly loudness: number;
}

const tones: Readonly<Record<Outcome, readonly Tone[]>> = {
  success: [
    { hertz: 784, atSeconds: 0, forSeconds: 0.1, shape: 'sine', loudness: 0.3 },
    { hertz: 1175, atSeconds: 0.09, forSeconds: 0.2, shape: 'sine', loudness: 0.3 },
  ],
  failure: [
    { hertz: 196, atSeconds: 0, forSeconds: 0.16, shape: 'square', loudness: 0.16 },
    { hertz: 147, atSeconds: 0.22, forSeconds: 0.26, shape: 'square', loudness: 0.16 },
  ],
  doubt: [
    { hertz: 440, atSeconds: 0, forSeconds: 0.2, shape: 'triangle', loudness: 0.25 },
    { hertz: 415, atSeconds: 0.2, forSeconds: 0.4, shape: 'triangle', loudness: 0.25 },
  ],
};

/** Milliseconds on, off, on. */
const shakes: Readonly<Record<Outcome, number[]>> = { success: [60], failure: [120, 80, 120], doubt: [350] };

let audio: AudioContext | null = null;

/** Browsers let a page sound only after a touch or a key: call this from one. */
export function wakeSound(): void {
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
}

export function signal(outcome: Outcome, sound: boolean): void {
  if ('vibrate' in navigator) navigator.vibrate(shakes[outcome]);
  if (!sound || audio === null || audio.state !== 'running') return;
  for (const tone of tones[outcome]) play(audio, tone);
}

function play(context: AudioContext, tone: Tone): void {
  const from = context.currentTime + tone.atSeconds;
  const until = from + tone.forSeconds;
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = tone.shape;
  source.frequency.value = tone.hertz;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(tone.loudness, from + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, until);
  source.connect(volume).connect(context.destination);
  source.start(from);
  source.stop(until);
}
