// A grade book or a test report as text that grows with every run that is judged: nothing of a run is kept for the end.

import type { Judged } from "../judge-bundle.ts";

export interface GradeFormat {
  readonly begin: string;
  add(judged: Judged): string;
  end(): string;
}
