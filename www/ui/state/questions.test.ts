import { expect, test } from "vitest";
import type { Answers } from "../../shared/protocol";
import type { LabBridge, Question, Reply } from "./bridge";
import { Questions } from "./questions";

test("of inputs that are asked at once each has its own answer", async () => {
  /** Answers with what it was asked, and folds questions on one subject as the bridge does. */
  const echo = async (question: Question): Promise<Reply> => {
    const input = question.type === "ask" && question.query.kind === "predict" ? question.query.input : [];
    const value = { teacher: input } as Answers["predict"];
    return { type: "answer", id: 1, value };
  };
  let newest: Question | null = null;
  const bridge = {
    ask: echo,
    askLatest: async (_: string, question: Question) => {
      newest = question;
      await Promise.resolve();
      return echo(newest);
    },
  } as unknown as LabBridge;
  const questions = new Questions(
    () => bridge,
    () => 1,
  );
  const found = await Promise.all([[1], [2], [3]].map((input) => questions.predict(input)));
  expect(found.map(({ teacher }) => teacher)).toEqual([[1], [2], [3]]);
});
