// What is there from the beginning: the frame, a case and its tools.

import { cases } from "./cases.ts";
import { common } from "./common.ts";
import { images } from "./images.ts";
import { life } from "./life.ts";
import { tools } from "./tools.ts";
import { viewing } from "./viewing.ts";

export const page = { ...common, ...cases, ...images, ...life, ...tools, ...viewing } as const;
