// The bars of a text, drawn for paper and for scanners; nothing for a text that has none.
import { code128 } from "../../station/code128";

const height = 40;

export function Barcode({ text, className }: { text: string; className?: string }) {
  const drawn = code128(text);
  if (!drawn) return null;
  return (
    <span translate="no">
      <svg
        role="img"
        aria-label={text}
        viewBox={`0 0 ${drawn.width} ${height}`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        className={className}
      >
        <rect width={drawn.width} height={height} fill="#fff" />
        {drawn.bars.map(({ x, width }) => (
          <rect key={x} x={x} width={width} height={height} fill="#000" />
        ))}
      </svg>
    </span>
  );
}
