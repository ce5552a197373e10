// A grade book or a test report as text that grows with every run that is judged: nothing of a run is kept for the end.

import type { Judged } from "../audit/judgement.ts";

export interface GradeFormat {
  readonly begin: string;
  add(judged: Judged): string;
  end(): string;
}
