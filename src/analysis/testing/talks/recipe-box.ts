import type { ExpectedTalk } from '../expected-talk.ts'

/** A very short talk. */
export const recipeBox: ExpectedTalk = {
  name: 'recipe box',
  kind: 'very short',
  lines: [
    'A: What do you want?',
    'C: An app for my recipes. I want to add recipes, search them by ingredient and mark my favourites.',
    'A: What is in a recipe?',
    'C: Title, ingredients, instructions, cooking time in minutes and number of servings.',
    'A: Sharing?',
    'C: Maybe later. Not now.',
  ],
  asked: [
    'Users can add recipes.',
    'Users can search recipes by ingredient.',
    'Users can mark their favourites.',
  ],
  excluded: ['Sharing is out of scope.'],
  entities: {
    Recipe:
      'title:text ingredients:long_text instructions:long_text cookingTime:number servings:number',
  },
}
