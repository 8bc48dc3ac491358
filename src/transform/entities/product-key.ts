import { PRODUCTS, type Product } from '../action/products.ts';

/** What the API calls products in attributes only; there are Jira projects of the types `software` and `business`. */
const ELSEWHERE: ReadonlyMap<string, Product> = new Map<string, Product>([
  ['software', 'jira'],
  ['business', 'jira'],
  ['work management', 'jira'],
  ['service desk', 'jira-service-management'],
  ['service management', 'jira-service-management'],
  ['product discovery', 'jira-product-discovery'],
]);

/** One word for each product, whatever the API calls it here or there. */
export function productKey(name: string): Product | undefined {
  const plain = name.toLowerCase().replace(/[-_]/g, ' ');
  return PRODUCTS.get(plain)?.[0] ?? ELSEWHERE.get(plain);
}
