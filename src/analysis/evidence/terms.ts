const common = new Set(
  (
    'a about above after again all also am an and any are as at be because been before being both but by can ' +
    'could did do does doing done during each else every few for from further get gets got had has have having ' +
    'he her here hers him his how i if in into is it its just let like ll may me might more most much must my ' +
    'no nor not now of off ok okay on once one only or other our out over own re really right s said same say ' +
    'see shall she should so some such t than that the their them then there these they thing things this those ' +
    'through to too uh um under until up us ve very was we well were what when where which while who whom why ' +
    'will with would yeah yes you your yours'
  ).split(' '),
)

/** Words that tell what is asked of the talk, not what it is about. */
const asking = new Set(
  (
    'answer ask client conclude conclusion consider decide decision describe discuss discussion explain give ' +
    'group introduce meeting mention opinion people point propose recommend say speak suggest summarize summarise ' +
    'system talk tell think topic user'
  )
    .split(' ')
    .map(stemOf),
)

/** The words of a text that carry its sense, shortened so that `classes` meets `class`. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{1,40}/gu) ?? []
  return words.filter((word) => !common.has(word)).map(stemOf)
}

/** The terms of a question or statement; when nothing else is left, the words of asking count too. */
export function queryTerms(text: string): string[] {
  const all = termsOf(text)
  const telling = all.filter((term) => !asking.has(term))
  return telling.length > 0 ? telling : all
}

/** Cuts the endings of plural, tense and of nouns made of verbs: `notification` meets `notify`. */
export function stemOf(word: string): string {
  if (word.length < 4) return word
  const base = word
    .replace(/(?<=[a-z]{3})(?:ies|ied)$/, 'y')
    .replace(/(?<=[a-z]{2})sses$/, 'ss')
    .replace(/(?<=[a-z]{3})(?:ifications?)$/, 'ify')
    .replace(/(?<=[a-z]{3})(?:ations?|ators?)$/, 'ate')
    .replace(/(?<=[a-z]{3})ctions?$/, 'c')
    .replace(/(?<=[a-z]{3}[st])ions?$/, '')
    .replace(/(?<=[a-z]{3})(?:ments?|ness|ally|ly)$/, '')
    .replace(/(?<=[a-z]{2})(?:ing|ed|ers?|es|(?<!s)s)$/, '')
  const single = /([bdgmnprt])\1$/.test(base) ? base.slice(0, -1) : base
  return single.length > 3 ? single.replace(/(?:e|y)$/, '') : single
}

/** Words that mean the same where software is spoken of; the first of a line stands for them all. */
const synonyms = `
  delete remove erase drop
  show display see view
  send mail email message text sms notify notification alert inform remind reminder
  photo picture image
  buy purchase order
  pay payment paid charge
  phone mobile smartphone
  change edit update modify move
  create add make new
  search find look
  book reserve reservation booking
  customer client buyer guest visitor
  employee staff worker colleague
  fast quick speed responsive performance
  cost price money expensive cheap
  start begin launch
  end finish stop
  big large huge
  safe secure security protect
  allow permit permission
  save store keep record
  list overview table
  screen monitor display
  role job responsibility
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' ').map(stemOf))

/** The other words of the same meaning, in the form of terms. */
export function synonymsOf(term: string): string[] {
  const groups = synonyms.filter((group) => group.includes(term))
  return [...new Set(groups.flat())].filter((other) => other !== term)
}
