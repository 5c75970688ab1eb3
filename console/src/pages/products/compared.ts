// Which suppliers' items nobody has compared with the listing. Pure.

interface Item {
  supplier: string;
  supplier_sku: string;
}

/** A supplier's other item says nothing of the one it sends now. */
export function notCompared<Mapped extends Item>(mappings: Mapped[], known: Item[]): Mapped[] {
  return mappings.filter(
    ({ supplier, supplier_sku }) =>
      !known.some((each) => each.supplier === supplier && each.supplier_sku === supplier_sku),
  );
}
