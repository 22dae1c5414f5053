import type { AnyCommand } from "./command.ts";
import again from "./again.ts";
import answer from "./answer.ts";
import answers from "./answers.ts";
import archive from "./archive.ts";
import ask from "./ask.ts";
import cancel from "./cancel.ts";
import compare from "./compare.ts";
import consent from "./consent.ts";
import correct from "./correct.ts";
import dataset from "./dataset.ts";
import datasets from "./datasets.ts";
import duel from "./duel.ts";
import examples from "./examples.ts";
import feedback from "./feedback.ts";
import getfile from "./getfile.ts";
import help from "./help.ts";
import hi from "./hi.ts";
import importFiles from "./import.ts";
import instruction from "./instruction.ts";
import lineage from "./lineage.ts";
import join from "./join.ts";
import leave from "./leave.ts";
import job from "./job.ts";
import jobs from "./jobs.ts";
import listen from "./listen.ts";
import models from "./models.ts";
import newConversation from "./new.ts";
import persona from "./persona.ts";
import promote from "./promote.ts";
import mydata from "./mydata.ts";
import privacy from "./privacy.ts";
import proposal from "./proposal.ts";
import review from "./review.ts";
import retract from "./retract.ts";
import role from "./role.ts";
import rollback from "./rollback.ts";
import selectDataset from "./select_dataset.ts";
import settings from "./settings.ts";
import settle from "./settle.ts";
import status from "./status.ts";
import stop from "./stop.ts";
import teach from "./teach.ts";
import test from "./test.ts";
import train from "./train.ts";
import undo from "./undo.ts";
import voice from "./voice.ts";
import why from "./why.ts";

/** Every command, in the order help lists them. */
export const commands: readonly AnyCommand[] = [
  hi,
  help,
  instruction,
  ask,
  teach,
  correct,
  settle,
  feedback,
  undo,
  retract,
  why,
  answers,
  answer,
  proposal,
  importFiles,
  test,
  compare,
  review,
  newConversation,
  stop,
  again,
  selectDataset,
  datasets,
  dataset,
  archive,
  train,
  jobs,
  job,
  cancel,
  models,
  promote,
  rollback,
  lineage,
  duel,
  examples,
  getfile,
  persona,
  join,
  leave,
  voice,
  settings,
  listen,
  role,
  status,
  privacy,
  consent,
  mydata,
];
