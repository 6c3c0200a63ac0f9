// A change that is seen but not made yet.

import type { Edit } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";

/** Once it was given up or made, nothing comes of it any more. */
export class Trial {
  private readonly edit: Edit;
  private readonly commit: (edit: Edit) => Delta | null;
  private going = true;

  constructor(edit: Edit, commit: (edit: Edit) => Delta | null) {
    this.edit = edit;
    this.commit = commit;
  }

  get open(): boolean {
    return this.going;
  }

  /** Shows what the work does to the labels as they were before; says whether it is still to be seen. */
  show(work: (edit: Edit) => void): boolean {
    if (!this.going) return false;
    this.edit.reset();
    work(this.edit);
    return true;
  }

  /** Makes it one step; null if it changes nothing or was given up. */
  keep(): Delta | null {
    if (!this.going) return null;
    this.going = false;
    return this.commit(this.edit);
  }

  drop(): void {
    if (!this.going) return;
    this.going = false;
    this.edit.cancel();
  }
}
