// Cancelling an order or some pieces of it: the fields, and the command they become.
import type { Order } from "../../api/queries";
import type { Form } from "../../kit/CommandForm";
import type { Words } from "../../words";

export function cancellation(order: Order, { t }: Pick<Words, "t">): Form {
  const wanted = order.lines.filter((line) => line.wanted > 0);
  return {
    title: t("order.cancel"),
    note: t("order.cancelSome"),
    danger: true,
    leaves: "cancellation",
    fields: [
      ...wanted.map(({ line, title, wanted: pieces }) => ({
        name: `pieces-${line}`,
        label: t("order.cancelPieces", { title, pieces }),
        kind: "number" as const,
        value: String(pieces),
        most: pieces,
      })),
      { name: "reason", label: t("form.reason"), kind: "reason" },
    ],
    build: (typed) => {
      const lines = wanted
        .map(({ line }) => ({
          line,
          quantity: Number(typed[`pieces-${line}`] || 0),
        }))
        .filter(({ quantity }) => quantity > 0);
      const all =
        lines.length === wanted.length &&
        lines.every(({ quantity }, at) => quantity === wanted[at]?.wanted);
      // No lines means the whole order: nothing typed must not, and is refused.
      const some = lines.length > 0 ? lines : [{ line: wanted[0]?.line ?? 0, quantity: 0 }];
      return {
        command: "RequestCancellation",
        lines: all ? [] : some,
        reason: typed["reason"] ?? "",
      };
    },
  };
}
