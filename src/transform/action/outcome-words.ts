/** Words that tell how something came out, in ids and in attributes. */
export const FAILURE: ReadonlySet<string> = new Set([
  ...['fail', 'failed', 'failing', 'failure', 'error', 'errored', 'aborted'],
  ...['unsuccessful', 'unsuccessfully', 'denied', 'unauthorized', 'forbidden'],
]);

/** A refusal is a failure of what was refused, and a success of whoever refuses: what is refused decides. */
export const REFUSAL: ReadonlySet<string> = new Set(['blocked', 'rejected', 'declined', 'refused', 'prevented']);

export const SUCCESS: ReadonlySet<string> = new Set(['success', 'successful', 'successfully', 'succeeded']);

export const ATTEMPT: ReadonlySet<string> = new Set(['attempt', 'attempted', 'attempting', 'pending']);

/** Said of something else (`export_started`), they leave open how that ended. */
export const BEGUN: ReadonlySet<string> = new Set(['started', 'initiated', 'triggered']);

/** What else a login that succeeded is called in attributes. */
export const LOGIN_SUCCESS: ReadonlySet<string> = new Set([
  ...SUCCESS,
  ...['true', '1', 'yes', 'ok', 'passed', 'complete', 'completed', 'allowed', 'granted', 'accepted', 'authenticated'],
]);

export const LOGIN_FAILURE: ReadonlySet<string> = new Set([...FAILURE, ...REFUSAL, 'false', '0']);

/** What a person or a site is beside a login: it says nothing of it. */
export const STATE: ReadonlySet<string> = new Set(['active', 'enabled', 'online']);

/** Beside them no word means what it says. */
export const HEDGE: ReadonlySet<string> = new Set(['not', 'no', 'never', 'without', 'partial', 'partially']);
