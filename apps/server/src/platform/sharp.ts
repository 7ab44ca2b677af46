import type Sharp from 'sharp';

/**
 * The image library, loaded when the first picture is drawn: with its native part it is 20 MB that a process which only
 * sells or pushes never needs. What it draws is kept by whoever asked, so its own cache would hold everything twice.
 */
export async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp;
}
