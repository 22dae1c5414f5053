/**
 * Words that say little about what a question is about, in any subject. Words that ask (where, when,
 * who, why) are not among them: in a FAQ they tell answers apart.
 */
const functionWords = new Set(
  `a an the this that these those it its i me my mine we us our you your he him his she her they
  them their is am are was were be been being do does did done doing have has had having will would
  shall should can could may might must to of in on at for from by with about as into and or but if
  then than so not no yes please just also there here any some all get got want need like let s t m
  re ve ll d how what
  и в во на не с со у к ко о об от до из за по для при про без а но или да же ли бы то это этот эта
  эти тот та те я мне меня мной мы нам нас ты тебе тебя вы вам вас он она оно они его ее их им мой
  моя мое мои наш наша наше ваш ваша ваше ваши свой свою себя быть есть был была было были будет
  можно могу может можете нужно надо хочу хотел хочется пожалуйста как что чтобы так уже еще очень
  только там тут здесь если`.split(/\s+/u),
);

/** Whether a normalised word says little about what a question is about. */
export const isFunctionWord = (word: string): boolean => functionWords.has(word);
