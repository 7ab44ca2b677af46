/** Looks at the picture that a video shows now: the code in it, or null. */
export type Detector = (video: HTMLVideoElement) => Promise<string | null>;
