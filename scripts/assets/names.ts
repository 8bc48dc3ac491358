/** Begins the names of all our assets. Fleet's begin with `logs-atlassian_cloud.audit`: a name of theirs would be theirs. */
export const NAME = 'atlassian-shipper.audit';

/** Belongs to the user: a component template and a pipeline of this name change what ours do. */
export const CUSTOM = `${NAME}@custom`;
export const FINAL_PIPELINE = `${NAME}@final`;

export const ECS = `${NAME}@ecs`;
export const MAPPINGS = `${NAME}@mappings`;
export const SETTINGS = `${NAME}@settings`;
