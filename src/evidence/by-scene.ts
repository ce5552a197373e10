// Lines or claims grouped by the scene they belong to, in one pass: a run may have tens of thousands in fifty scenes.

/** In their order; what belongs to no scene is left out. */
export function byScene<T extends { readonly scene?: string | undefined }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) {
    if (item.scene === undefined) continue;
    const own = grouped.get(item.scene);
    if (own === undefined) grouped.set(item.scene, [item]);
    else own.push(item);
  }
  return grouped;
}
