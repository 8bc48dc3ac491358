import type { JsonObject } from '../core/json.ts';
import { anyActor, sessionActor, siteOf, siteWithWorkItem, spaceOf, userOf } from './objects.ts';
import type { Play } from './scene.ts';
import type { Site, WikiPage } from './sites.ts';

/** What people do in Jira and Confluence all day. */

export function workItem(verb: string): Play {
  return (scene) => {
    const project = scene.chance.pick(scene.organization.projects);
    const number = scene.chance.between(1, project.workItems);
    return {
      actor: anyActor(scene),
      context: [],
      container: [siteWithWorkItem(project, number)],
      location: scene.place,
      message: `${verb} Jira issue ${project.key}-${number} in project ${project.name}`,
    };
  };
}

export function wikiPage(verb: string): Play {
  return (scene) => {
    const space = scene.chance.pick(scene.organization.spaces);
    const page = scene.chance.pick(space.pages);
    return {
      actor: anyActor(scene),
      context: [pageOf(page, space.site, space.key)],
      container: [spaceOf(space), siteOf(space.site)],
      location: scene.place,
      message: `${verb} Confluence page "${page.title}" in space ${space.name}`,
    };
  };
}

export const spaceExport: Play = (scene) => {
  const space = scene.chance.pick(scene.organization.spaces);
  return {
    actor: sessionActor(scene),
    context: [spaceOf(space)],
    container: [siteOf(space.site)],
    location: scene.place,
    message: `Completed Confluence space export of ${space.name}`,
  };
};

/** Comes from Confluence's own log: the space and the site are context, and the container says nothing. */
export const spacePermission: Play = (scene) => {
  const { chance, organization } = scene;
  const space = chance.pick(organization.spaces);
  const receiver = chance.pick(organization.people);
  const permissionName = chance.pick(['VIEWSPACE', 'EDITSPACE', 'SETSPACEPERMISSIONS', 'EXPORTSPACE']);
  const { id, name: siteName, host: siteHostName } = space.site;
  return {
    actor: sessionActor(scene),
    context: [
      spaceOf(space),
      userOf(receiver, organization),
      { id, type: 'sites', attributes: { siteName, siteHostName, permissionName }, links: null },
    ],
    container: [{ id, type: 'unit', attributes: null }],
    location: scene.place,
    message: `Added the space permission ${permissionName} for ${receiver.name} to ${space.name}`,
  };
};

/** Nobody did this: the system itself is the actor, and there is no place. */
export const contentRestrictionRemoved: Play = ({ chance, organization }) => {
  const { site, name } = chance.pick(organization.spaces);
  return {
    actor: { id: 'confluence', name: 'Confluence', email: 'Atlassian app', links: {} },
    context: [siteOf(site)],
    container: [],
    location: undefined,
    message: `Removed a content restriction in space ${name}`,
  };
};

function pageOf({ id, title }: WikiPage, { host }: Site, spaceKey: string): JsonObject {
  return {
    id,
    type: 'page',
    attributes: { title, contentType: 'page' },
    links: { alt: `https://${host}/wiki/spaces/${spaceKey}/pages/${id}` },
  };
}
