interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between two edges. */
const gap = 6;
const margin = 8;

/**
 * Where a box of `size` goes: under its `anchor`, or above it where there is more room, and always inside the
 * viewport. All in CSS pixels of the viewport.
 */
export function placeBeside(
  anchor: { readonly left: number; readonly top: number; readonly bottom: number },
  size: Size,
  viewport: Size,
): { left: number; top: number } {
  const below = anchor.bottom + gap;
  const above = anchor.top - gap - size.height;
  const roomBelow = viewport.height - margin - below;
  const isBelow = size.height <= roomBelow || anchor.top - gap - margin <= roomBelow;
  return {
    left: clamp(anchor.left - 2 * margin, viewport.width - size.width - margin),
    top: clamp(isBelow ? below : above, viewport.height - size.height - margin),
  };
}

function clamp(value: number, highest: number): number {
  return Math.max(margin, Math.min(value, highest));
}
