import type { ReactNode } from 'react';
import { CopyText } from './forms/copy.tsx';
import styles from './guest-link.module.css';

type GuestLinkProps = {
  readonly url: string;
  /** The same address as a code for the guest's camera, SVG. */
  readonly qr: string;
  /** What the code is, for whoever does not see it. */
  readonly alt: string;
  /** What to say to the guest. */
  readonly lead: string;
  readonly children?: ReactNode;
};

/** A link that a guest is given on the spot: to be shown as a code, or copied. */
export function GuestLink({ url, qr, alt, lead, children }: GuestLinkProps) {
  return (
    <div className={styles.given} role="status">
      <img
        className={styles.qr}
        src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
        alt={alt}
        width={180}
        height={180}
      />
      <div>
        <p>{lead}</p>
        <CopyText text={url} />
        {children}
      </div>
    </div>
  );
}
