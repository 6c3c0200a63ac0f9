// What helps beside the tools, and what is shown on demand.

import { assist } from "./assist.ts";
import { marks } from "./marks.ts";
import { onDemand } from "./on-demand.ts";
import { places } from "./places.ts";

export const aids = { ...assist, ...marks, ...onDemand, ...places } as const;
