import { wordSet } from './word-set.ts'

/** What people do with software: after a modal these are verbs, whatever the tagger says. */
export const actionVerbs = wordSet(`
  accept access activate add adjust allocate allow alert answer appoint approve archive arrange ask
  assign attach attend block book browse build buy calculate call cancel change charge check choose
  close collect comment compare complete confirm connect consist control convert copy count create
  deactivate define delete deliver describe disable display download edit email enable encrypt enter
  enforce estimate explain export extend facilitate fill filter find flag follow forward generate
  get give group guide handle hide highlight host identify import include inform insert integrate
  invite invoice join keep label limit link list load lock log maintain make manage mark match measure
  merge message modify monitor move notify open order organise organize override participate pause pay pick
  pin place plan play post prevent print process produce propose protect provide publish purchase
  push query rank rate read receive recommend record redeem refund register reject release remind
  remove renew rent replace reply report request require reschedule reserve reset respond restore
  restrict return reuse review run save scan schedule score search see select sell send set share
  ship show sign sort specify split start stop store submit subscribe suggest support switch sync
  synchronise synchronize tag track transfer translate trigger type undo unlock update upload use
  validate verify view vote warn watch withdraw work write accompany apply borrow bring capture claim
  classify clean contact customise customize decline donate drop duplicate earn exchange
  hand hire inspect lend mute observe photograph postpone
  prepare prioritise prioritize rotate swap take teach test text trade transport unsubscribe unlock
  visit wash weigh
  bake click cook correct crop cut deduct deposit diagnose dispatch drag escalate fetch grade greet
  hash link load map mail merge oversee pack photograph pin prescribe preview rearrange repair
  restock revoke scan serve sketch stock subtract summarise summarize swipe tap tick transcribe treat
  unload unpack upgrade
  decide find press erase wipe purge throw swipe practise practice learn fetch hide
  put pull turn ring phone bid quote bill refuse hold jot chat stream play listen settle ban lease
  stamp fix mend feed groom paint draw drive park seat welcome charge weigh deposit pass touch
`)

/** Talk about talking, thinking and being: never an action of the software. */
export const talkVerbs = wordSet(`
  say tell mean think know guess suppose believe talk discuss mention hear wonder hope imagine
  understand agree remember forget repeat thank call feel seem like love hate want wish need try
  happen become begin come let's be do regard depend consider worry care deal start end
  figure bother concern assume expect help exist
`)

/** Work of the software itself: with `we` as subject, the system is meant. */
export const systemVerbs = wordSet(`
  adjust alert allow archive block calculate check collect compute convert count delete display
  enable encrypt enforce ensure facilitate generate handle hide inform integrate keep limit log
  maintain notify offer prevent protect provide push record refuse remember remind require restrict
  save send show store support sync synchronise synchronize track translate trigger validate warn
  have take include contain cover process back
`)

/** People decide these: with the system as subject of an ability, its users are meant. */
export const peopleVerbs = wordSet(`
  define specify set enter choose select configure customise customize edit review approve book
  search browse fill type pick upload comment
`)

/** An obligation stays one for a person: `must confirm`, not `can confirm`. */
export const dutyVerbs = wordSet(`
  confirm approve explain explicate agree pay register sign verify provide accept submit justify
  log login authenticate accompany answer respond reply say tell ask
`)

/** Verbs that have a small word with them: `signs up`, `drops off`. */
export const particles: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['sign', wordSet('up in out off')],
  ['log', wordSet('in on out')],
  ['check', wordSet('in out')],
  ['pick', wordSet('up')],
  ['drop', wordSet('off')],
  ['hand', wordSet('in out over')],
  ['fill', wordSet('in out')],
  ['set', wordSet('up')],
  ['call', wordSet('in')],
])

/** What happens to a person: `members get a reminder`. */
export const receivingVerbs = wordSet('get receive')

/** Sensible without an object. */
export const loneVerbs = wordSet(`
  register login subscribe unsubscribe vote pay cancel search reschedule comment checkout participate
  respond reply work order book sign confirm approve
`)

/** Making or changing a kept thing: its object may be an entity. */
export const keepingVerbs = wordSet(`
  add archive assign book borrow buy cancel change close complete create define delete edit enter import
  insert invite keep list log manage mark modify open order organise organize plan post publish
  record register remove reschedule reserve save schedule sell set setting specify store submit track update
  upload appoint approve request rent lend return open write
`)

/** The end of `-ed` and irregular forms that are states, not deeds done by the system. */
export const stateParticiples = wordSet(`
  interested involved registered based supposed allowed concerned related located connected
  logged dedicated required done gone given worried aware able meant left live ready finished
`)

/** One such deed is enough to believe that its object is kept. */
export const makingVerbs = wordSet('add create define manage record register track')

/** Forms of verbs that are nouns after an article. */
export const plainNouns = wordSet('rental viewing booking feedback hire wash')

/** Participles like their verb. */
export const sameForm = wordSet('read put cut set split')

/** What an `it` does that is nobody: `if it rains`, `when it gets dark`. */
export const weather = wordSet('rain snow freeze storm dark cold hot late windy warm wet urgent')
