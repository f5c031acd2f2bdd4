import { phraseList, wordSet } from './word-set.ts'

/** Sounds without meaning. */
export const fillers = wordSet(
  'uh um uhm umm er erm hmm hm mm mhm mmm ah oh huh eh uhh mm-hm mm-hmm mhmm',
)

/** Openings that say nothing; removed from the front of a sentence as often as they come. */
export const openings = phraseList(`
  hi
  hello
  hey
  so
  okay
  ok
  well
  yeah
  yes
  yep
  yup
  no
  right
  sure
  exactly
  definitely
  absolutely
  correct
  indeed
  alright
  all right
  and
  but
  or
  now
  then
  also
  too
  actually
  basically
  again
  plus
  furthermore
  additionally
  of course
  for example
  for instance
  in that sense
  in that case
  in this case
  in this sense
  in fact
  in general
  in my view
  in my opinion
  first of all
  first
  second
  secondly
  finally
  at least
  i think
  i think that
  i guess
  i suppose
  i believe
  i mean
  i 'd say
  i would say
  i mean that
  you know
  let 's see
  let 's say
  to be honest
  as i said
  like i said
  on the other hand
  at the same time
  other than that
  the thing is
  the thing is that
  the main thing is
  the main thing is that
  the most important thing is
  the most important thing is that
  what i want is
  what we want is
  what we need is
  what i need is
  the idea is
  the idea is that
  it might be that
  it might be also that
  it could be that
  make sure
  make sure that
  be sure that
  it is important that
  it 's important that
  it is essential that
  it 's essential that
  maybe
  perhaps
  probably
  please
  great
  good
  wait
  no wait
  certainly
  eventually
  ideally
  obviously
  like
  just
  thanks
  that means
  meaning
  another thing is
  another thing is that
`)

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
`)

/** What was said before is taken back. */
export const takesBack = phraseList(`
  actually
  no wait
  wait
  instead
  rather than
  scratch that
  on second thought
  on second thoughts
  i changed my mind
  let me correct
  correction
  let 's make it
  make it
  better make
  changed my mind
`)

/** What goes on with what was said before, without a verb of its own: `…, with a pickup time`. */
export const goingOn = phraseList(`
  no
  not
  without
  maybe
  perhaps
  possibly
  ideally
  preferably
  if possible
  also
  as well as
  including
  with
  plus
`)
