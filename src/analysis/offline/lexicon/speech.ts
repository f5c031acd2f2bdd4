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
