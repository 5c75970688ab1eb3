// Where an order stands.
import type { Schemas } from "../api/client";
import { useWords } from "../words";
import { Tag, type Tone } from "./bits";

const tones: Record<Schemas["Stage"], Tone> = {
  awaiting_payment: "plain",
  held: "warn",
  routing: "info",
  buying: "info",
  confirming: "info",
  preparing: "info",
  awaiting_carrier: "info",
  in_transit: "info",
  delivered: "good",
  cancelled: "plain",
};

export function StageTag({ stage }: { stage: Schemas["Stage"] }) {
  const { name } = useWords();
  return <Tag tone={tones[stage]}>{name("stage", stage)}</Tag>;
}
