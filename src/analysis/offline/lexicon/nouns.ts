import { wordSet } from './word-set.ts'

/** Words for the software itself. */
export const systemNouns = wordSet(`
  system app application software website site platform tool portal program programme product
  service solution page
`)

/** What a client calls the thing that is to be built. */
export const wholeSoftware = wordSet(
  'system app application software website site platform tool solution',
)

const people = wordSet(`
  admin administrator administration administrative agent attendee buyer captain chef child client
  clerk coach colleague committee company contractor coordinator customer department desk
  developer director doctor driver editor employee everybody everyone expert family fan farmer
  friend guardian guest guide guy host instructor kid kitchen librarian lecturer manager
  member merchant moderator nurse office official operator organiser organizer owner
  parent participant partner passenger patient people person pharmacist player professor
  pupil reader receptionist recipient referee reporter representative resident reviewer
  scheduler seller sender shopkeeper staff stakeholder student supervisor supplier supporter
  teacher team technician tenant therapist trainer traveller treasurer user vendor visitor
  accountant adult applicant assistant boss candidate caretaker citizen conductor courier groomer
  head chief dean principal president secretary intern landlord lead mechanic musician neighbour photographer singer tutor vet
  volunteer waiter winner woman man worker anybody anyone crew reception nobody
  cook concierge usher warden guard lifeguard aide scout cadet pilot midwife physio dentist paramedic
  medic judge notary attorney spouse relative grandparent sibling teen senior junior veteran delegate
  chair novice amateur professional household landlady hostess waitress barista masseur masseuse
  shepherd sheriff constable detective architect artist athlete dancer model apprentice graduate
  alumnus scholar fellow rabbi priest pastor imam monk soldier ranger umpire bride groom couple widow
  heir attendant consultant claimant contestant entrant registrant occupant correspondent respondent
  audience panel jury squad lodger donor chorus cast shopper fisherman handyman harbourmaster
  maid valet steward stewardess chauffeur mayor associate sergeant counsel youth toddler trustee
  son daughter wife husband brother sister mother father nephew niece cousin uncle aunt
  headmaster stationmaster caretaker janitor bookkeeper companion orphan refugee migrant citizen
`)

const notPeople = wordSet(`
  human german roman talisman ottoman bother wonder remember consider discover
  number order paper reminder computer server folder filter banner newsletter letter timer printer
  header footer offer register semester quarter corner voucher container router power weather matter
  summer winter dinner other another letter layer buffer counter marker cluster trigger chapter
  factor error mirror vendor floor door color colour motor behavior behaviour favor monitor editor
  calculator elevator indicator sensor vector doctor
  trailer cover flyer poster sticker ladder drawer charger scooter freezer cooker lawnmower hammer
  shelter tower river flower wrapper supper tractor generator compressor projector speaker
  laser theater chamber sweater tractor transfer disorder remainder border folder cylinder tracker
  restaurant plant event percent content document department apartment equipment payment comment
  appointment shipment statement moment component student list checklist waitlist whitelist
`)

/** Whether a noun is known as a role, whatever it ends with: no name of a person is. */
export function isRole(noun: string): boolean {
  return people.has(noun)
}

/** Whether a noun (its base form) names a role or a group of people. */
export function isHuman(lemma: string): boolean {
  if (people.has(lemma)) return true
  if (notPeople.has(lemma) || lemma.length < 5) return false
  if (lemma.endsWith('ee')) return lemma.length > 6 && !notReceivers.has(lemma)
  return /(?:er|or|ist|yst|ian|smith|mate|[a-z]{3}man|woman|person)$/.test(lemma)
}

/** What ends like `attendee` and `trainee`, and is no person. */
const notReceivers = wordSet('guarantee pedigree jubilee apogee')

/** Nouns that carry nothing: never a subject, an object or an entity by themselves. */
export const emptyNouns = wordSet(`
  thing things stuff way lot bit kind sort idea point case something anything everything nothing
  someone somebody one ones part example question problem issue reason sense fact matter
  moment mind view word hand side deal rest bunch couple whatever minute second hour day week month
  year time today tomorrow detail feature functionality option requirement main that this
`)

/** What the software shows or sends, not what it keeps: no entity. */
export const outputNouns = wordSet(`
  report list schedule calendar notification email mail reminder page app application website system
  data information info file button screen dashboard chart number time date message alert sms
  overview summary summarie view search account login password profile portal software phone mobile
  computer database diary spreadsheet paper version money price name status history
  list preference archive limit detail adjustment rationale algorithm ability
  photo picture image video result csv pdf excel format field statistic
`)

/** Something that an amount of makes a limit. */
export const pronounObjects = wordSet(`
  it this that them these those he she they everything something anything one ones such whatever
  him her what all both myself yourself themselves
`)
