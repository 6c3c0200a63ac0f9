// What a case shows on demand, in one piece. It is loaded once the first picture is there: nobody waits for it, and it is at hand when it is wanted, also
// when the server no longer answers.

import { loadTexts } from "../texts/texts.ts";

export * as kit from "../editing/kit.ts";
export { actionsDialog } from "./actions-dialog.tsx";
export { Aids } from "./aids.tsx";
export { discontinueDialog, flagDialog, handOverDialog, takeOverDialog } from "./dialogs.tsx";
export { PriorPane } from "./prior-pane.tsx";
export { showReasons } from "./reasons.tsx";
export { Receipts } from "./receipts.tsx";

await loadTexts("aids", "reasons");
