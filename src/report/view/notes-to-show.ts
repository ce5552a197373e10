// Of what a report tells a person beside the claims.

/** Topics of notes that say why a scene went otherwise than it stands in the lab: a person is told of them. */
export const NOTES_TO_SHOW: ReadonlySet<string> = new Set([
  "not-played",
  "nothing-came",
  "no-answer",
  "attempt",
  "witness-fault",
  "interrupted",
  "departed",
  "shortened",
  "fault",
]);
