import type { ExpectedTalk } from '../expected-talk.ts'

/** A volunteer who thinks aloud and comes back to things. */
export const clothesCharity: ExpectedTalk = {
  name: 'clothes charity',
  kind: 'rambling client',
  lines: [
    'A: Hi! Tell me about your organisation.',
    "C: We're a small charity, we collect used clothes and hand them out to families who have just arrived in the country. It's all done on paper right now, and last winter we had four hundred coats and not a single pair of children's shoes because nobody knew what we had.",
    'A: So you would like to know your stock?',
    "C: Exactly. It'd be great if volunteers could scan a bag when it comes in and just say what's inside, so many trousers, so many coats, which sizes.",
    'A: And the families?',
    'C: A family comes with a card from the town hall, it has a number on it. They may come once every three months, and the system ought to tell us if they were here already.',
    'A: Do you store their names?',
    "C: We'd rather not. Just the number of the card and how many people there are in the family. People are afraid of lists.",
    'A: Who works with the system?',
    "C: Volunteers, mostly older ladies, so it has to be really simple, big buttons. And Marek, he coordinates it all. Marek needs to be able to see what is running low, and he'd like to get a warning when there are fewer than ten pieces of something.",
    'A: How do people learn what you need?',
    "C: Oh, that's a good one. There should be a public page with what we are looking for at the moment, and it updates on its own.",
    'A: Can donors announce what they will bring?',
    'C: Maybe later. For the start they simply come by.',
    'A: Does it need to work without internet?',
    'C: Yes, the cellar has no reception at all, so it has to keep working and catch up afterwards.',
    'A: What about money?',
    'C: There is none, really. We got a grant of 3,500 euros, and it has to be spent before the end of the year.',
  ],
  asked: [
    't4 | Volunteers can scan a bag when it comes in.',
    't4 | Volunteers can say what is inside a bag.',
    't6 constraint | A family can come once every three months.',
    't6 | The system tells the business if a family was here already.',
    't10 quality | The system is really simple, with big buttons.',
    't10 | Marek can see what is running low.',
    't10 | When there are fewer than ten pieces of something, Marek gets a warning.',
    't12 | The system provides a public page with what the business is looking for.',
    't12 | The public page updates on its own.',
    't15,t16 quality | The system works without internet.',
    't18 budget | The budget is 3,500 euros.',
  ],
  welcome: [
    't4 goal | The goal is to know the stock.',
    't18 timeline | The budget is spent before the end of the year.',
    't16 quality | The system catches up afterwards.',
    't8 | The system keeps the number of the card and how many people there are in the family.',
  ],
  excluded: [
    't7,t8 | Names of families are out of scope.',
    't13,t14 | It is out of scope that donors can announce what they will bring.',
  ],
  entities: {
    Bag: 'trousers:number coats:number sizes:text',
    Family: 'numberOfTheCard:number people:number',
  },
}
