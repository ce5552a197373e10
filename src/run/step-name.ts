// Names the steps of a scene: what repeats is numbered, "deliver ACK", "deliver ACK #2".

export function stepNumberer(): (step: string) => string {
  const counts = new Map<string, number>();
  return (step) => {
    const count = (counts.get(step) ?? 0) + 1;
    counts.set(step, count);
    return count === 1 ? step : `${step} #${count}`;
  };
}
