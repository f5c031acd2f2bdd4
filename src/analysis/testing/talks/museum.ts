import type { ExpectedTalk } from '../expected-talk.ts'

/** Two clients, one of whom corrects the other, and much talk that asks for nothing. */
export const museum: ExpectedTalk = {
  name: 'museum',
  kind: 'two clients who disagree',
  lines: [
    'A: Hi both! How are you?',
    'C: Good, thanks. It rained all morning, but we made it.',
    "D: The bus was late as always. Anyway, let's start.",
    'A: Tell me what you have in mind.',
    'C: So the museum offers guided tours, and at the moment people call us and a colleague writes it into a calendar. We want visitors to book tours themselves.',
    'D: School classes too. Teachers should be able to book a tour for a class.',
    'A: What do you need to save for a booking?',
    'C: The tour, the date, the number of visitors, the language and a contact email.',
    'D: And the phone number, please.',
    'A: And for a tour?',
    'C: A title, a description, a duration in minutes, the maximum group size and the price per person.',
    'A: How big can a group be?',
    'C: A group has at most 25 people.',
    'D: No, 20. We changed that last year. At most 20 people per group.',
    'A: What do the guides need?',
    'D: Guides must see their own tours in a calendar, and they should be able to swap tours with another guide.',
    'C: Swapping has to be approved by the head of education.',
    'A: Should visitors pay online?',
    'C: Yes, by card.',
    'D: I would rather not. Let us keep payment at the ticket desk.',
    'A: So what is it?',
    "C: We don't know yet. We need to talk to accounting.",
    'A: Do you need the site in several languages?',
    'D: The site must be available in English and Spanish.',
    'A: Thanks. Is there anything else?',
    "C: No, that's it. Thank you so much, it was a pleasure.",
  ],
  asked: [
    'Visitors can book tours.',
    'Teachers can book a tour for a class.',
    'Guides can see their own tours in a calendar.',
    'Guides can swap tours with another guide.',
    'The head of education can approve swapping.',
    'The site is available in English and Spanish.',
  ],
  welcome: ['Visitors can pay online.', 'Users can pay by card.', 'Visitors pay by card.'],
  limits: [
    'The system limits each group to 25 people.',
    'The system limits each group to 20 people.',
  ],
  open: ['Should visitors pay online?'],
  entities: {
    Booking:
      'tour:reference date:date visitors:number language:text contactEmail:email phoneNumber:text',
    Tour: 'title:text description:long_text duration:number maximumGroupSize:number pricePerPerson:money',
  },
}
