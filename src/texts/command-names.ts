/** What commands are called in Russian; one that is not here has its English name alone. */
export const russianNames: Readonly<Record<string, string>> = {
  again: "ещё-раз",
  archive: "архив",
  ask: "спросить",
  cancel: "отмена",
  compare: "сравнить",
  consent: "согласие",
  correct: "исправить",
  dataset: "набор",
  datasets: "наборы",
  duel: "дуэль",
  examples: "примеры",
  feedback: "отзыв",
  getfile: "файл",
  help: "помощь",
  hi: "привет",
  import: "импорт",
  instruction: "инструкция",
  job: "задача",
  jobs: "задачи",
  join: "войти",
  leave: "выйти",
  lineage: "родословная",
  listen: "слушать",
  models: "модели",
  mydata: "мои-данные",
  new: "заново",
  persona: "образ",
  privacy: "приватность",
  promote: "выпустить",
  retract: "отозвать",
  review: "проверка",
  role: "роль",
  rollback: "откатить",
  select_dataset: "выбрать-набор",
  settings: "настройки",
  status: "состояние",
  stop: "стоп",
  teach: "научить",
  test: "тест",
  train: "обучить",
  undo: "отменить",
  voice: "голос",
  why: "почему",
};

/** Names as they are compared: `еще_раз` and `Ещё-раз` are one. */
const folded = (name: string): string =>
  name.toLowerCase().replaceAll("ё", "е").replaceAll("_", "-");

const byName = new Map(
  Object.entries(russianNames).map(([name, russian]) => [folded(russian), name]),
);

/** The name under which a command is known, whatever language somebody called it in. */
export const commandNamed = (name: string): string =>
  byName.get(folded(name)) ?? name.toLowerCase();
