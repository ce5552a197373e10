// The questions that a run answers: each asked of the scene that shows it first, those on what went otherwise of several.

import { SCENE_MODES } from "../../evidence/scene-modes.ts";
import type { SceneView } from "../view/run-view.ts";
import { CLOSING_QUESTIONS } from "./closing-questions.ts";
import { DISTURBANCE_QUESTIONS } from "./disturbance-questions.ts";
import { OPENING_QUESTIONS } from "./opening-questions.ts";
import type { Question, QuestionAnswer } from "./question.ts";

/** Resets and repeats have causes that differ from scene to scene. */
const OF_SEVERAL_SCENES = 3;

/** In the order of a connection's life. Scenes of encounters are tables of their own, and are not asked about. */
export function questionsOf(all: readonly SceneView[]): readonly QuestionAnswer[] {
  const scenes = all.filter(({ mode, moments }) => SCENE_MODES[mode].story && moments.length > 0);
  return [
    ...[...OPENING_QUESTIONS, ...CLOSING_QUESTIONS].flatMap((question) => answersTo(question, scenes, 1)),
    ...DISTURBANCE_QUESTIONS.flatMap((question) => answersTo(question, scenes, OF_SEVERAL_SCENES)),
  ];
}

function answersTo(question: Question, scenes: readonly SceneView[], limit: number): readonly QuestionAnswer[] {
  const answers: QuestionAnswer[] = [];
  for (const scene of scenes) {
    if (answers.length === limit) break;
    const answer = question(scene);
    if (answer !== undefined) answers.push({ scene: scene.id, ...answer });
  }
  return answers;
}
