import type { ExpectedTalk } from '../expected-talk.ts'
import { allotment } from './allotment.ts'
import { bakery } from './bakery.ts'
import { carSharing } from './car-sharing.ts'
import { choir } from './choir.ts'
import { eventTickets } from './event-tickets.ts'
import { foodBank } from './food-bank.ts'
import { gymClasses } from './gym-classes.ts'
import { helpDesk } from './help-desk.ts'
import { library } from './library.ts'
import { museum } from './museum.ts'
import { photoStudio } from './photo-studio.ts'
import { propertyViewings } from './property-viewings.ts'
import { recipeBox } from './recipe-box.ts'
import { repairShop } from './repair-shop.ts'
import { sportsClub } from './sports-club.ts'
import { toolRental } from './tool-rental.ts'
import { tutoring } from './tutoring.ts'
import { vetClinic } from './vet-clinic.ts'

/** The talks that the rules were written with. */
export const knownTalks: readonly ExpectedTalk[] = [
  library,
  repairShop,
  tutoring,
  foodBank,
  eventTickets,
  vetClinic,
  toolRental,
  recipeBox,
  propertyViewings,
  gymClasses,
  carSharing,
  choir,
  helpDesk,
  bakery,
  sportsClub,
  museum,
]

/** Talks that the rules were not tuned to: how well they do on something new. */
export const heldBackTalks: readonly ExpectedTalk[] = [photoStudio, allotment]
