import { phraseList } from './word-set.ts'

/** A reply that takes up what was offered. */
export const agreements = phraseList(`
  yes
  yeah
  yep
  yup
  exactly
  right
  correct
  indeed
  definitely
  absolutely
  of course
  sure
  sounds good
  good idea
  great idea
  that 's a good idea
  that is a good idea
  that 's a great idea
  that would be great
  that would be nice
  that would be good
  that would be helpful
  that 'd be great
  that 'd be good
  let 's do that
  let 's do it
  please do
  perfect
  i agree
  agreed
  oh yes
  that 's right
  that is right
  that works
  i like that
  i would like that
  i 'd like that
  certainly
  totally
  okay yes
  why not
  a must
  that 's a must
  that is a must
  we need that
  i need that
  god yes
  god , yes
  oh god yes
  heavens yes
  by all means
  naturally
  gladly
  you bet
  for sure
  very much so
  i hope so
  i think so
  i 'd say so
  i would say so
  they should
  it should
  that would save
  that 'd save
  that would help
  that 'd help
  that would be lovely
  that 'd be lovely
  that would be wonderful
  that would be fantastic
  that would be perfect
  i 'd love that
  we 'd love that
  would be great
  would be nice
  would be lovely
  that 's important
  that is important
`)

/** A reply that turns it down. */
export const refusals = phraseList(`
  no
  nope
  nah
  no thanks
  no thank you
  not really
  not at all
  not now
  not yet
  not needed
  not for us
  not for me
  no way
  i do n't need that
  i do n't want that
  we do n't want that
  leave that out
  leave it out
  no need
  we don't need
  i do n't think so
  we do n't need that
  we do n't need it
  that 's not necessary
  that 's not needed
  that is not needed
  that is n't needed
  that is n't necessary
  that wo n't be needed
  please no
  please do n't
  god no
  that is not necessary
  never
  rather not
  maybe later
  not for now
  not at the moment
  not in the first version
  i do n't think we need that
  i do n't think we need it
  i do n't think that 's needed
  i 'd rather not
  i would rather not
  we 'd rather not
  we would rather not
  absolutely not
  certainly not
  definitely not
  of course not
  hardly
  by no means
  heavens no
  heavens , no
  god , no
  goodness no
  goodness , no
  let 's not
  let us not
  nice idea , but no
  nice , but no
  i 'd leave that
  i would leave that
  we 'd leave that
  that can wait
  that could wait
  that can stay
  they 'd never
  they would never
  nobody would
  nobody needs that
  not worth it
  overkill
  that 's overkill
  that would be overkill
  too much
  that 's too much
  that 's too far
  that would go too far
  one day maybe
  some day
  not this year
  next year maybe
  maybe next year
  perhaps next year
  not a priority
  we can live without
  i can live without
  we can do without
  we do without
  out of the question
  no , no
  not for the moment
  not for the start
  not at first
  not at the start
  no no
  no way
`)

/** Refusals that can only be meant of what was offered, however it was put. */
export const plainRefusals = phraseList(`
  no thanks
  no , thanks
  no thank you
  no , thank you
  not for us
  not for me
  no way
  please no
  please do n't
  i do n't need that
  we do n't need that
  i do n't want that
  we do n't want that
  leave that out
  leave it out
  not now
  not yet
`)

/** Taking in what was said; an agreement only where something was proposed. */
export const acknowledgements = phraseList(
  'okay\nok\nfine\nalright\nall right\ngo ahead\nfine with me',
)

/** Not decided. */
export const doubts = phraseList(`
  not sure
  do n't know
  have no idea
  not decided
  not been decided
  still open
  undecided
  not settled
  let me get back to you
  to be seen
  have n't decided
  need to think
  have to think
  to be decided
  question for later
  to discuss
  need to discuss
  have to discuss
  need to check
  have to check
  not clear yet
  let me think
  made up my mind
  made up our minds
  made our minds up
  make up my mind
  not made a decision
  n't made a decision
  have n't thought about
  have not thought about
  have n't agreed
  have not agreed
  have n't settled
  up in the air
  i 'd have to ask
  i would have to ask
  we 'd have to ask
  we would have to ask
  i 'll have to ask
  have to ask
  need to ask
  have to sleep on
  hard to say
  ca n't say
  can not say
  ca n't tell yet
  open question
  depends on the board
`)
