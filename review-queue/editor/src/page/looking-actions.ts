// What a reader can do to see more or other of a case.

import type { Action, ActionGroup } from "./action.ts";
import type { Looking } from "./looking.ts";

type LookingAction = "fit-segment" | "next-layout" | "type-slice" | "prior" | "link-prior" | "surface" | "play";

/**
 * @param looking undefined while the image is not there yet
 * @param priors whether earlier images may be seen
 */
export function lookingGroup(looking: () => Looking | undefined, priors = true): ActionGroup {
  const action = (id: LookingAction, key: string, run: (looking: Looking) => unknown): Action => ({
    id,
    name: `action.${id}`,
    hint: `action.${id}.hint`,
    keys: [key],
    keyOnly: true,
    run: () => {
      const there = looking();
      if (there) run(there);
    },
  });
  return {
    id: "view",
    title: "actions.view",
    actions: [
      action("fit-segment", "Shift+f", (there) => there.fitSegment()),
      action("next-layout", "Shift+x", (there) => there.planes.nextLayout()),
      action("type-slice", "Shift+j", (there) => there.planes.askSlice()),
      ...(priors ? [action("prior", "Shift+o", (there) => there.togglePrior()), action("link-prior", "Shift+h", (there) => there.link())] : []),
      action("surface", "Shift+t", (there) => there.toggleSurface()),
      action("play", "Shift+y", (there) => there.looks.togglePlay()),
    ],
  };
}
