import type { DesignBody } from '@tessera/contract';

/**
 * Pictures for a design that has none yet, drawn in its colours: a letter for the icon, and a calm strip with the broken
 * line of a tessera. PNG as base64.
 */
export function drawIcon({ background, foreground }: DesignBody['colours'], company: string): string {
  const side = 342;
  return draw(side, side, (pen) => {
    pen.fillStyle = background;
    pen.fillRect(0, 0, side, side);
    pen.fillStyle = foreground;
    pen.font = `600 ${side * 0.56}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(initialOf(company), side / 2, side * 0.53);
  });
}

const initialOf = (company: string): string => /[\p{L}\p{N}]/u.exec(company)?.[0]?.toUpperCase() ?? '•';

export function drawStrip({ background, label }: DesignBody['colours']): string {
  const [width, height] = [1_125, 432];
  return draw(width, height, (pen) => {
    pen.fillStyle = background;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = label;
    pen.globalAlpha = 0.28;
    pen.beginPath();
    pen.moveTo(width * 0.62, 0);
    for (const [x, y] of [
      [0.56, 0.3],
      [0.66, 0.52],
      [0.58, 0.74],
      [0.64, 1],
      [1, 1],
      [1, 0],
    ] as const) {
      pen.lineTo(width * x, height * y);
    }
    pen.fill();
  });
}

function draw(width: number, height: number, paint: (pen: CanvasRenderingContext2D) => void): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen) paint(pen);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}
