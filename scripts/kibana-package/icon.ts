/** A page of a log, and an eye on it. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32" fill="none">
  <rect x="5" y="3" width="22" height="26" rx="3" fill="#1D4E89"/>
  <path d="M10 9h12M10 13h8" stroke="#FFFFFF" stroke-width="2" stroke-linecap="round"/>
  <path d="M9 21.500c3-4.500 11-4.500 14 0c-3 4.500-11 4.500-14 0z" fill="#FFFFFF"/>
  <circle cx="16" cy="21.500" r="2.500" fill="#1D4E89"/>
</svg>
`;
